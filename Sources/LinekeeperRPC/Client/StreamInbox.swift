import Synchronization

/// Messages of one stream between the event loop, which puts them in, and their one reader.
final class StreamInbox: Sendable {
    enum Event: Sendable {
        case item([UInt8])
        case end(Result<Void, CallFailure>)
    }

    enum PutAction: Equatable {
        case goOn
        /// Take no more from the server until the reader has caught up.
        case pause
        /// Even what was on its way is too much: end the stream.
        case overflow
    }

    fileprivate struct State {
        var items: [[UInt8]] = []
        /// The items before this one are taken.
        var head = 0
        var bytes = 0
        var ending: Result<Void, CallFailure>?
        var reader: CheckedContinuation<Void, Never>?
        var isPaused = false
    }

    /// What an item takes here besides its bytes.
    fileprivate static let itemOverhead = 64
    /// While an answer is waited for, the connection is read on; a full stream then grows up to
    /// this many times its limit.
    private static let overflowFactor = 8

    private let bytesMax: Int
    private let state = Mutex(State())

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    /// Past this many waiting bytes the stream ends.
    var overflowLimit: Int { bytesMax * Self.overflowFactor }

    func put(_ item: [UInt8]) -> PutAction {
        let (action, reader) = state.withLock {
            state -> (PutAction, CheckedContinuation<Void, Never>?) in
            guard state.ending == nil else { return (.goOn, nil) }
            let bytes = state.bytes + item.count + Self.itemOverhead
            guard bytes <= overflowLimit || state.bytes == 0 else { return (.overflow, nil) }
            state.items.append(item)
            state.bytes = bytes
            let isFull = bytes >= bytesMax
            if isFull { state.isPaused = true }
            return (isFull ? .pause : .goOn, state.takeReader())
        }
        reader?.resume()
        return action
    }

    /// Nothing follows; what is in here is still read. Only the first ending counts.
    func end(_ result: Result<Void, CallFailure>) {
        let reader = state.withLock { state in
            if state.ending == nil { state.ending = result }
            return state.takeReader()
        }
        reader?.resume()
    }

    /// Waits for the next event.
    ///
    /// - Parameter caughtUp: Called when the stream was paused and may go on.
    func next(caughtUp: () -> Void) async -> Event {
        while true {
            let (event, resumes) = state.withLock { $0.take(lowWater: bytesMax / 2) }
            if resumes { caughtUp() }
            if let event { return event }
            await waitForChange()
        }
    }

    private func waitForChange() async {
        await withCheckedContinuation { continuation in
            let mayGo = state.withLock { state in
                guard state.head == state.items.count, state.ending == nil else { return true }
                state.reader = continuation
                return false
            }
            if mayGo { continuation.resume() }
        }
    }
}

extension StreamInbox.State {
    fileprivate mutating func takeReader() -> CheckedContinuation<Void, Never>? {
        defer { reader = nil }
        return reader
    }

    /// The next event if there is one, and whether the server may go on.
    fileprivate mutating func take(lowWater: Int) -> (StreamInbox.Event?, Bool) {
        guard head < items.count else { return (ending.map { .end($0) }, false) }
        let item = items[head]
        items[head] = []
        head += 1
        bytes -= item.count + StreamInbox.itemOverhead
        if head == items.count || head >= 1024 {
            items.removeFirst(head)
            head = 0
        }
        let resumes = isPaused && bytes <= lowWater
        if resumes { isPaused = false }
        return (.item(item), resumes)
    }
}
