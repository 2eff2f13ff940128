import NIOCore
import Testing

@testable import LinekeeperRPC

@Suite struct ClientConnectionStateTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func make(_ change: (inout ClientConfiguration) -> Void = { _ in })
        -> ClientConnectionState
    {
        var configuration = ClientConfiguration(host: "h", port: 1)
        configuration.callsInFlightMax = 3
        change(&configuration)
        return ClientConnectionState(configuration, now: Self.start)
    }

    private func after(_ seconds: Int64) -> NIODeadline { Self.start + .seconds(seconds) }

    @Test func `calls are numbered from one, as many at a time as there is room for`() {
        var state = make()
        #expect(state.start(.unary, now: Self.start) == 1)
        #expect(state.start(.unary, now: Self.start) == 2)
        #expect(state.start(.stream, now: Self.start) == 3)
        #expect(!state.hasRoom)
        #expect(state.start(.unary, now: Self.start) == nil)
        #expect(state.responseReceived(2) == .deliver)
        #expect(state.start(.unary, now: Self.start) == 4)
    }

    @Test func `answers to calls that are over are ignored, to calls that never were are not`() {
        var state = make()
        _ = state.start(.unary, now: Self.start)
        _ = state.start(.stream, now: Self.start)
        #expect(state.itemReceived(2) == .deliver)
        #expect(state.itemReceived(1) == .refuseStream)
        #expect(state.responseReceived(1) == .deliver)
        #expect(state.responseReceived(1) == .ignore)
        #expect(state.itemReceived(1) == .ignore)
        #expect(state.responseReceived(3) == .violation)
        #expect(state.itemReceived(3) == .violation)
        #expect(state.responseReceived(0) == .violation)
        #expect(state.itemReceived(0) == .violation)
    }

    @Test func `at GoAway the calls above the last one are given back and the others go on`() {
        var state = make()
        for _ in 1...3 { _ = state.start(.unary, now: Self.start) }
        #expect(state.goAwayReceived(lastCallID: 1) == [2, 3])
        #expect(!state.hasRoom)
        #expect(!state.isFinished)
        #expect(state.start(.unary, now: Self.start) == nil)
        #expect(state.startPing(now: Self.start) == nil)
        #expect(state.responseReceived(2) == .ignore)
        #expect(state.responseReceived(1) == .deliver)
        #expect(state.isFinished)
    }

    @Test func `giving a call up tells the server once, and frees its place`() {
        var state = make()
        for _ in 1...3 { _ = state.start(.unary, now: Self.start) }
        #expect(state.abandon(2, now: Self.start) == .sendCancel)
        #expect(state.abandon(2, now: Self.start) == .nothing)
        #expect(state.abandon(9, now: Self.start) == .nothing)
        #expect(state.responseReceived(2) == .ignore)
        #expect(state.hasRoom)
    }

    @Test func `cancels beyond what a server takes are held back, and all are sent in the end`() {
        var state = make { $0.callsInFlightMax = 2000 }
        for _ in 1...2000 { _ = state.start(.stream, now: Self.start) }
        var sent: [UInt64] = []
        for callID in UInt64(1)...2000 where state.abandon(callID, now: Self.start) == .sendCancel {
            sent.append(callID)
        }
        #expect(sent == Array(1...900))
        #expect(state.cancelsDue(now: Self.start) == [])
        for second in Int64(1)...60 {
            let due = state.cancelsDue(now: after(second))
            #expect(due.count <= 31)
            sent += due
        }
        #expect(sent == Array(1...2000))
    }

    @Test func `a silent server is pinged while calls wait, and given up if it stays silent`() {
        var state = make {
            $0.keepaliveInterval = .seconds(10)
            $0.keepaliveTimeout = .seconds(5)
        }
        var said: [Int64: ClientConnectionState.TickAction] = [:]
        for second in Int64(1)...40 {
            if second == 20 { _ = state.start(.unary, now: after(20)) }
            if second == 32 { state.bytesReceived(now: after(32)) }
            if second == 37 { state.bytesReceived(now: after(37)) }
            let action = state.tick(now: after(second))
            if action != .nothing { said[second] = action }
        }
        #expect(said == [30: .ping])
        for second in Int64(41)...52 {
            let action = state.tick(now: after(second))
            if action != .nothing { said[second] = action }
        }
        #expect(said == [30: .ping, 47: .ping, 52: .giveUp])
    }

    @Test func `time in which the process itself stood still does not count as silence`() {
        var state = make {
            $0.keepaliveInterval = .seconds(10)
            $0.keepaliveTimeout = .seconds(5)
        }
        _ = state.start(.unary, now: Self.start)
        for second in Int64(1)...9 { #expect(state.tick(now: after(second)) == .nothing) }
        #expect(state.tick(now: after(10)) == .ping)
        #expect(state.tick(now: after(60)) == .nothing)
        for second in Int64(61)...64 { #expect(state.tick(now: after(second)) == .nothing) }
        #expect(state.tick(now: after(65)) == .giveUp)
    }

    @Test func `a full stream holds up the reading, but never an answer that is waited for`() {
        var state = make()
        let stream = state.start(.stream, now: Self.start) ?? 0
        #expect(state.mayRead)
        state.setStream(stream, isFull: true)
        #expect(!state.mayRead)
        #expect(state.tick(now: after(1000)) == .nothing)
        let call = state.start(.unary, now: Self.start) ?? 0
        #expect(state.mayRead)
        _ = state.responseReceived(call)
        #expect(!state.mayRead)
        let ping = state.startPing(now: Self.start) ?? 0
        #expect(state.mayRead)
        #expect(state.pongReceived(ping) == true)
        #expect(!state.mayRead)
        state.setStream(stream, isFull: false)
        #expect(state.mayRead)
        state.setStream(stream, isFull: true)
        _ = state.abandon(stream, now: Self.start)
        #expect(state.mayRead)
    }

    @Test func `a pong that nobody asked for is nothing`() {
        var state = make()
        #expect(state.pongReceived(1) == false)
        #expect(state.pongReceived(ClientConnectionState.keepaliveToken) == false)
    }

    @Test func `a lost connection has nothing left`() {
        var state = make()
        _ = state.start(.stream, now: Self.start)
        state.connectionLost()
        #expect(state.phase == .closed)
        #expect(!state.hasRoom)
        #expect(state.goAwayReceived(lastCallID: 0) == [])
        #expect(state.tick(now: after(1000)) == .nothing)
    }
}

@Suite struct ConnectorStateTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private let lost = Status(.unavailable, "lost")

    private func make() -> ConnectorState {
        ConnectorState(backoff: Backoff(ClientConfiguration(host: "h", port: 1)))
    }

    @Test func `it connects once for however many calls`() {
        var state = make()
        #expect(state.callWaits() == true)
        #expect(state.callWaits() == false)
        state.connected()
        #expect(state.callWaits() == false)
    }

    @Test func `every failure in a row doubles the pause, and an answer ends the row`() {
        var state = make()
        var now = Self.start
        for milliseconds in [100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000] as [Int64] {
            #expect(state.callWaits() == true)
            let until = state.failed(lost, now: now, jitter: 0)
            #expect(until == now + .milliseconds(milliseconds))
            #expect(state.callWaits() == false)
            now = until ?? now
            state.backoffEnded()
        }
        #expect(state.lastFailure == lost)
        #expect(state.callWaits() == true)
        state.connected()
        state.served()
        #expect(state.lastFailure == nil)
        state.ended()
        #expect(state.callWaits() == true)
        #expect(state.failed(lost, now: now, jitter: 0) == now + .milliseconds(100))
    }

    @Test func `a server that says when to come back is not asked before`() {
        var state = make()
        _ = state.callWaits()
        let busy = Status(.resourceExhausted, "full", retryAfterMilliseconds: 5000)
        #expect(state.failed(busy, now: Self.start, jitter: 0) == Self.start + .seconds(5))
    }

    @Test func `a connection that served nothing counts as none`() {
        var state = make()
        _ = state.callWaits()
        state.connected()
        #expect(!state.hasServed)
        state.served()
        state.ended()
        _ = state.callWaits()
        state.connected()
        #expect(!state.hasServed)
    }

    @Test func `closed is for ever`() {
        var state = make()
        state.close()
        #expect(state.callWaits() == false)
        state.connected()
        state.backoffEnded()
        #expect(state.failed(lost, now: Self.start, jitter: 0) == nil)
        #expect(state.phase == .closed)
    }
}
