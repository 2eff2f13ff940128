import Synchronization

/// Writes the messages of one server stream.
public struct StreamWriter: Sendable {
    private let gate: StreamGate
    private let port: LoopPort
    private let connection: UInt64
    private let callID: UInt64

    init(gate: StreamGate, port: LoopPort, connection: UInt64, callID: UInt64) {
        self.gate = gate
        self.port = port
        self.connection = connection
        self.callID = callID
    }

    /// Sends one message; suspends while the reader does not keep up.
    ///
    /// - Throws: Why the stream is over: the caller cancelled, the deadline passed, the connection
    ///   closed, the server drains, or the message is larger than a frame may be. Nothing that is
    ///   written later arrives.
    public func write(_ message: [UInt8]) async throws(Status) {
        if let status = await gate.enter(byteCount: message.count) { throw status }
        port.post(
            Delivery(connection: connection, callID: callID, content: .item(message, gate)))
    }
}

/// Lets a stream's messages through as fast as its reader takes them.
final class StreamGate: Sendable {
    private struct State {
        /// Bytes handed over that the event loop has not written yet.
        var pendingBytes = 0
        var isWritable = true
        var ending: Status?
        var waiters: [CheckedContinuation<Void, Never>] = []

        var isOpen: Bool { pendingBytes < StreamGate.pendingBytesMax && isWritable }
    }

    /// Past this, a writer waits until the event loop has caught up.
    private static let pendingBytesMax = 64 << 10

    private let state = Mutex(State())

    /// Waits for room for one message; returns why there will be none, or `nil`.
    func enter(byteCount: Int) async -> Status? {
        while true {
            enum Outcome { case entered, over(Status), wait }
            let outcome: Outcome = state.withLock { state in
                if let ending = state.ending { return .over(ending) }
                guard state.isOpen else { return .wait }
                state.pendingBytes += byteCount
                return .entered
            }
            switch outcome {
            case .entered: return nil
            case .over(let status): return status
            case .wait: await waitForChange()
            }
        }
    }

    /// The event loop has written a message.
    func written(byteCount: Int, isWritable: Bool) {
        change { state in
            state.pendingBytes -= byteCount
            state.isWritable = isWritable
        }
    }

    /// The connection's buffer has filled or emptied.
    func setWritable(_ isWritable: Bool) { change { $0.isWritable = isWritable } }

    /// Nothing is let through any more; the first reason stays.
    func end(_ status: Status) {
        change { state in if state.ending == nil { state.ending = status } }
    }

    private func change(_ body: (inout State) -> Void) {
        let woken = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            body(&state)
            guard state.isOpen || state.ending != nil else { return [] }
            let waiters = state.waiters
            state.waiters = []
            return waiters
        }
        for waiter in woken { waiter.resume() }
    }

    private func waitForChange() async {
        await withCheckedContinuation { continuation in
            let mayGo = state.withLock { state in
                if state.isOpen || state.ending != nil { return true }
                state.waiters.append(continuation)
                return false
            }
            if mayGo { continuation.resume() }
        }
    }
}
