import NIOCore
import Testing

@testable import LinekeeperRPC

@Suite struct ConnectionStateTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func after(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }

    private func makeState(
        isHandshaking: Bool = false, _ change: (inout ServerLimits) -> Void = { _ in }
    ) -> ConnectionState {
        var limits = ServerLimits()
        change(&limits)
        return ConnectionState(limits: limits, isHandshaking: isHandshaking, now: start)
    }

    private let id = RequestID(number: 1)

    @Test func `call ids must rise and must not be zero`() {
        var state = makeState()
        #expect(state.requestReceived(callID: 5, now: start) == .dispatch)
        #expect(state.requestReceived(callID: 6, now: start) == .dispatch)
        for callID in [6, 5, 0] as [UInt64] {
            #expect(
                state.requestReceived(callID: callID, now: start)
                    == .goAway(.callIDNotIncreasing(callID, highest: 6)))
        }
        #expect(state.requestReceived(callID: .max, now: start) == .dispatch)
        #expect(state.highestCallID == .max)
    }

    @Test func `the first call id may not be zero either`() {
        var state = makeState()
        #expect(
            state.requestReceived(callID: 0, now: start)
                == .goAway(.callIDNotIncreasing(0, highest: 0)))
    }

    @Test func `a slot is free only when the work has ended`() {
        var state = makeState { $0.callsInFlightMax = 2 }
        #expect(state.admit(callID: 1, requestID: id, deadline: after(30)) == true)
        #expect(state.admit(callID: 2, requestID: id, deadline: after(30)) == true)
        #expect(state.admit(callID: 3, requestID: id, deadline: after(30)) == false)
        #expect(state.cancelReceived(callID: 1, now: start) == .cancel(id))
        #expect(state.admit(callID: 4, requestID: id, deadline: after(30)) == false)
        #expect(state.callEnded(callID: 1) == .drop)
        #expect(state.admit(callID: 5, requestID: id, deadline: after(30)) == true)
        #expect(state.callEnded(callID: 2) == .respond)
        #expect(state.callEnded(callID: 2) == .drop)
        #expect(state.callsInFlight == 1)
    }

    @Test func `a cancel of what is over or unknown is ignored`() {
        var state = makeState()
        #expect(state.cancelReceived(callID: 9, now: start) == .ignore)
        #expect(state.admit(callID: 1, requestID: id, deadline: after(30)) == true)
        #expect(state.cancelReceived(callID: 1, now: start) == .cancel(id))
        #expect(state.cancelReceived(callID: 1, now: start) == .ignore)
    }

    @Test func `a call past its deadline is told once and keeps its slot`() {
        var state = makeState()
        #expect(state.nextDeadline == nil)
        #expect(state.admit(callID: 1, requestID: id, deadline: after(2)) == true)
        #expect(state.admit(callID: 2, requestID: id, deadline: after(1)) == true)
        #expect(state.admit(callID: 3, requestID: id, deadline: .distantFuture) == true)
        #expect(state.nextDeadline == after(1))
        #expect(state.deadlinesPassed(now: start).isEmpty == true)
        #expect(state.deadlinesPassed(now: after(2)).map(\.callID) == [1, 2])
        #expect(state.deadlinesPassed(now: after(2)).isEmpty == true)
        #expect(state.nextDeadline == nil)
        #expect(state.isOpen(callID: 1) == false)
        #expect(state.isOpen(callID: 3) == true)
        #expect(state.callsInFlight == 3)
        #expect(state.callEnded(callID: 1) == .drop)
    }

    @Test func `hello is the first frame or an error`() {
        var state = makeState()
        #expect(state.helloReceived(version: 1, now: start) == .accept)
        #expect(state.helloReceived(version: 1, now: start) == .goAway(.helloNotFirst))

        var busy = makeState()
        #expect(busy.pingReceived(now: start) == .pong)
        #expect(busy.helloReceived(version: 1, now: start) == .goAway(.helloNotFirst))

        var cancelled = makeState()
        #expect(cancelled.cancelReceived(callID: 1, now: start) == .ignore)
        #expect(cancelled.helloReceived(version: 1, now: start) == .goAway(.helloNotFirst))

        var called = makeState()
        #expect(called.requestReceived(callID: 1, now: start) == .dispatch)
        #expect(called.helloReceived(version: 1, now: start) == .goAway(.helloNotFirst))
    }

    @Test(arguments: [0, 2, UInt32.max])
    func `a version that is not served is refused`(version: UInt32) {
        var state = makeState()
        #expect(
            state.helloReceived(version: version, now: start) == .goAway(.unknownVersion(version)))
    }

    @Test func `pings beyond the burst end the connection, one a second does not`() {
        var state = makeState()
        for _ in 0..<10 { #expect(state.pingReceived(now: start) == .pong) }
        #expect(state.pingReceived(now: start) == .goAway(.calmDown("pings")))
        for second in 1...50 as ClosedRange<Int64> {
            #expect(state.pingReceived(now: after(second)) == .pong)
        }
        #expect(state.pingReceived(now: after(50)) == .goAway(.calmDown("pings")))
    }

    @Test func `cancels beyond the burst end the connection`() {
        var state = makeState()
        for callID in 1...1000 as ClosedRange<UInt64> {
            #expect(state.cancelReceived(callID: callID, now: start) == .ignore)
        }
        #expect(state.cancelReceived(callID: 1001, now: start) == .goAway(.calmDown("cancels")))
        for callID in 0..<33 as Range<UInt64> {
            #expect(state.cancelReceived(callID: callID, now: after(1)) == .ignore)
        }
        #expect(state.cancelReceived(callID: 1, now: after(1)) == .goAway(.calmDown("cancels")))
    }

    @Test func `a frame has its time from its first byte on`() {
        var state = makeState()
        state.bytesRead(completedFrame: false, leavesPartial: true, now: after(1))
        state.bytesRead(completedFrame: false, leavesPartial: true, now: after(10))
        #expect(state.tick(now: after(10)) == .nothing)
        #expect(state.tick(now: after(11)) == .close)

        state.bytesRead(completedFrame: true, leavesPartial: true, now: after(12))
        #expect(state.tick(now: after(21)) == .nothing)
        state.bytesRead(completedFrame: true, leavesPartial: false, now: after(21))
        #expect(state.tick(now: after(60)) == .nothing)
    }

    @Test func `a handshake has the time of a frame`() {
        var state = makeState(isHandshaking: true)
        #expect(state.tick(now: after(9)) == .nothing)
        #expect(state.tick(now: after(10)) == .close)
        state.handshakeCompleted()
        #expect(state.tick(now: after(10)) == .nothing)
    }

    @Test func `a call, a ping or a call in flight keeps a connection from being idle`() {
        let idle: Int64 = 15 * 60
        var state = makeState()
        #expect(state.tick(now: after(idle - 1)) == .nothing)
        #expect(state.pingReceived(now: after(idle - 1)) == .pong)
        #expect(state.tick(now: after(idle)) == .nothing)
        #expect(state.requestReceived(callID: 1, now: after(2 * idle - 2)) == .dispatch)
        #expect(state.tick(now: after(3 * idle - 3)) == .nothing)
        #expect(state.admit(callID: 1, requestID: id, deadline: .distantFuture) == true)
        #expect(state.tick(now: after(9 * idle)) == .nothing)
        #expect(state.callEnded(callID: 1) == .respond)
        #expect(state.tick(now: after(9 * idle)) == .goAway(.idle))
    }

    @Test func `a cancel does not keep a connection from being idle`() {
        var state = makeState()
        #expect(state.cancelReceived(callID: 1, now: after(899)) == .ignore)
        #expect(state.tick(now: after(900)) == .goAway(.idle))
    }

    @Test func `draining ignores new calls and is finished with the last one`() {
        var state = makeState()
        #expect(state.requestReceived(callID: 1, now: start) == .dispatch)
        #expect(state.admit(callID: 1, requestID: id, deadline: after(30)) == true)
        #expect(state.isFinished == false)
        #expect(state.drain() == true)
        #expect(state.drain() == false)
        #expect(state.isFinished == false)
        #expect(state.requestReceived(callID: 2, now: start) == .ignore)
        #expect(state.highestCallID == 1)
        #expect(state.pingReceived(now: start) == .pong)
        #expect(state.callEnded(callID: 1) == .respond)
        #expect(state.isFinished == true)
    }

    @Test func `draining names the calls that would never end`() {
        var state = makeState()
        #expect(state.admit(callID: 1, requestID: id, deadline: after(30)) == true)
        #expect(state.admit(callID: 2, requestID: id, deadline: .distantFuture) == true)
        #expect(state.drain() == true)
        #expect(state.endlessCalls().map(\.callID) == [2])
        #expect(state.endlessCalls().isEmpty == true)
        #expect(state.callEnded(callID: 2) == .drop)
        #expect(state.isOpen(callID: 1) == true)
    }

    @Test func `the end of input lets calls end and accepts no more`() {
        var state = makeState()
        #expect(state.admit(callID: 1, requestID: id, deadline: after(30)) == true)
        state.bytesRead(completedFrame: false, leavesPartial: true, now: start)
        state.inputEnded()
        #expect(state.tick(now: after(20)) == .nothing)
        #expect(state.isFinished == false)
        #expect(state.callEnded(callID: 1) == .respond)
        #expect(state.isFinished == true)
    }

    @Test func `closing waits for the peer, but not for long`() {
        var state = makeState()
        #expect(state.beginClosing(now: start) == true)
        #expect(state.beginClosing(now: start) == false)
        #expect(state.acceptsInput == false)
        #expect(state.requestReceived(callID: 1, now: start) == .ignore)
        #expect(state.tick(now: after(9)) == .nothing)
        state.lastWordSent(now: after(3))
        #expect(state.tick(now: after(3)) == .nothing)
        #expect(state.tick(now: after(4)) == .close)
    }

    @Test func `a last word that never gets through does not hold the connection`() {
        var state = makeState()
        #expect(state.beginClosing(now: start) == true)
        #expect(state.tick(now: after(10)) == .close)
    }

    @Test func `a lost connection is over`() {
        var state = makeState()
        #expect(state.admit(callID: 1, requestID: id, deadline: after(30)) == true)
        state.connectionLost()
        #expect(state.phase == .closed)
        #expect(state.callEnded(callID: 1) == .drop)
        #expect(state.tick(now: after(10_000)) == .nothing)
        #expect(state.beginClosing(now: start) == false)
    }
}

@Suite struct TokenBucketTests {
    @Test func `a bucket fills up to its burst and no further`() {
        let start = NIODeadline.uptimeNanoseconds(0)
        var bucket = TokenBucket(perSecond: 10, burst: 3, now: start)
        for second in [0, 100] as [Int64] {
            let now = start + .seconds(second)
            for _ in 0..<3 { #expect(bucket.take(now: now) == true) }
            #expect(bucket.take(now: now) == false)
            #expect(bucket.take(now: now + .milliseconds(99)) == false)
            #expect(bucket.take(now: now + .milliseconds(100)) == true)
        }
    }
}

@Suite struct RequestIDTests {
    @Test(arguments: ["a", "req-1.2:3_X", String(repeating: "z", count: 128)])
    func `a sane id of the caller is kept`(text: String) {
        #expect(RequestID(caller: text)?.text == text)
    }

    @Test(arguments: ["", " ", "a b", "ä", "a\nb", "a\"b", String(repeating: "z", count: 129)])
    func `an id that could spoil a log is not`(text: String) {
        #expect(RequestID(caller: text) == nil)
    }

    @Test(arguments: [0, 1, UInt64.max])
    func `an id of ours has one length`(number: UInt64) {
        #expect(RequestID(number: number).text.utf8.count == 20)
    }
}
