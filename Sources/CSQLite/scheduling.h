#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

// glibc has no function for sched_setattr before 2.41, and syscall() is variadic, which Swift does
// not import.

// Lets the calling thread use a core in longer turns than others, with the same share of it: then
// whoever wakes on that core goes first. Linux before 6.12 takes the length and ignores it. Answers
// whether the system took it.
//
// The longer its turn, the longer the thread waits for one where all cores are busy, and a stop of
// outbound calls is among what it writes: with turns of 100 ms one write in a hundred took 116 ms
// beside a busy event loop on one core, with 12 ms some 22, with the system's 3 ms 12.
static inline bool linekeeper_take_long_turns(void) {
    struct {
        uint32_t size;
        uint32_t policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t runtime;  // nanoseconds
        uint64_t deadline;
        uint64_t period;
    } attributes = {.size = sizeof attributes};
    if (syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) != 0) return false;
    attributes.runtime = 12000000;
    return syscall(SYS_sched_setattr, 0, &attributes, 0) == 0;
}
