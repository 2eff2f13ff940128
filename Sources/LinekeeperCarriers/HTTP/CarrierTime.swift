import Foundation
package import LinekeeperCore

/// Tells the time to a carrier's client, and passes it. Passed in, so that tests do not wait.
package protocol CarrierTime: Sendable {
    /// For durations: runs on when the wall clock is set.
    var now: ContinuousClock.Instant { get }
    /// For moments that a carrier names.
    var date: Timestamp { get }
    /// Waits; throws when the task is cancelled before that.
    func sleep(until instant: ContinuousClock.Instant) async throws
}

/// The system's clocks.
package struct SystemCarrierTime: CarrierTime {
    package init() {}

    package var now: ContinuousClock.Instant { .now }

    package var date: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(
            microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    package func sleep(until instant: ContinuousClock.Instant) async throws {
        try await Task.sleep(until: instant, clock: .continuous)
    }
}
