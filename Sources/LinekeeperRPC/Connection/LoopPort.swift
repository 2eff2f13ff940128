import Glibc
import LinekeeperProto
import NIOCore
import Synchronization

/// What a call's work hands to the event loop that owns its connection.
struct Delivery: Sendable {
    enum Content: Sendable {
        /// The work has ended.
        case end(Result<[UInt8], Status>)
        /// One message of a stream; the gate learns when it is written.
        case item([UInt8], StreamGate)
    }

    /// The connection's number on its loop. A number rather than the object: work may outlive it.
    let connection: UInt64
    let callID: UInt64
    let content: Content
}

/// The way from any thread to the connections of one event loop.
///
/// Deliveries that come while one wake-up is under way ride along with it.
final class LoopPort: Sendable {
    private struct Mailbox {
        var deliveries: [Delivery] = []
        /// Threads that have put something in and are about to wake the loop.
        var wakers = 0
        /// The loop takes no more work.
        var isClosed = false
    }

    let eventLoop: any EventLoop
    private let mailbox = Mutex(Mailbox())
    private let state: NIOLoopBound<LoopState>

    /// Must be called on the loop.
    init(_ state: LoopState, eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        self.state = NIOLoopBound(state, eventLoop: eventLoop)
    }

    /// What only the loop itself may touch.
    var loopState: LoopState { state.value }

    /// Hands one delivery over; at once when this is the loop.
    func post(_ delivery: Delivery) {
        guard !eventLoop.inEventLoop else {
            loopState.deliver([delivery])
            return
        }
        put { $0.append(delivery) }
    }

    /// Hands many over with one wake-up.
    func post(_ deliveries: [Delivery]) {
        guard !eventLoop.inEventLoop else {
            loopState.deliver(deliveries)
            return
        }
        guard !deliveries.isEmpty else { return }
        put { $0.append(contentsOf: deliveries) }
    }

    /// Runs something on the loop with its state, unless the loop takes no more work.
    func execute(_ body: @escaping @Sendable (LoopState) -> Void) {
        mailbox.withLock { mailbox in
            guard !mailbox.isClosed else { return }
            eventLoop.execute { body(self.loopState) }
        }
    }

    /// Drops what comes from here on, because the loop is about to end. Nobody wakes it afterwards.
    func close() {
        mailbox.withLock { mailbox in
            mailbox.deliveries = []
            mailbox.isClosed = true
        }
        // A waker is between two instructions.
        while mailbox.withLock({ $0.wakers > 0 }) { sched_yield() }
    }

    /// Puts something in, and wakes the loop if it has not been woken already.
    ///
    /// Not under the lock: the loop may run at once, on this core, and would have to wait for it.
    private func put(_ add: (inout [Delivery]) -> Void) {
        let isFirst = mailbox.withLock { mailbox in
            guard !mailbox.isClosed else { return false }
            let isFirst = mailbox.deliveries.isEmpty
            add(&mailbox.deliveries)
            if isFirst { mailbox.wakers += 1 }
            return isFirst
        }
        guard isFirst else { return }
        eventLoop.execute {
            let deliveries = self.mailbox.withLock { mailbox in
                let deliveries = mailbox.deliveries
                mailbox.deliveries = []
                return deliveries
            }
            self.loopState.deliver(deliveries)
        }
        mailbox.withLock { $0.wakers -= 1 }
    }
}

/// What all connections of one event loop share. Only that loop touches it.
final class LoopState {
    /// Memory of the frame at hand: one for the loop, so that an idle connection has none.
    let arena: Arena
    /// Memory for encoding; apart from ``arena``, where a request may still be in use.
    private let encodingArena = Arena()
    /// Replies to the read at hand, of whichever connection is being read.
    var output: ByteBuffer

    private let counters: ServerCounters
    private(set) var connections: [UInt64: ConnectionHandler] = [:]
    /// Whose read is being served: the arena and the output are in its use.
    private var serving: ConnectionHandler?
    /// What came for other connections in the meantime.
    private var postponed: [Delivery] = []
    private var lastConnection: UInt64 = 0
    let ids = RequestIDs()
    /// The inline call at hand.
    let inlineCall: InlineCall
    /// Has methods prepare for the inline calls that follow.
    let lookahead = Lookahead()

    init(arenaBudget: Int, counters: ServerCounters) {
        self.counters = counters
        arena = Arena(budget: arenaBudget)
        inlineCall = InlineCall(arena: arena, ids: ids)
        output = ByteBufferAllocator().buffer(capacity: Self.outputByteCount)
    }

    private static let outputByteCount = 64 << 10

    func add(_ connection: ConnectionHandler) -> UInt64 {
        lastConnection += 1
        connections[lastConnection] = connection
        return lastConnection
    }

    func remove(_ number: UInt64) { connections[number] = nil }

    /// Lends an encoder; what it returns refers to none of its memory.
    func encode(_ make: (FrameEncoder) -> [UInt8]?) -> [UInt8]? {
        defer { encodingArena.reset() }
        return make(FrameEncoder(arena: encodingArena))
    }

    /// Lends the arena and the output to a connection for one read.
    func beginServing(_ connection: ConnectionHandler) {
        serving = connection
        recycleOutput()
    }

    /// Ends the loan; what came for others is delivered now.
    func endServing() {
        serving = nil
        guard !postponed.isEmpty else { return }
        let deliveries = postponed
        postponed = []
        deliver(deliveries)
    }

    /// Empties ``output`` and keeps its memory, unless that has grown.
    func recycleOutput() {
        if output.capacity > 4 * Self.outputByteCount {
            output = ByteBufferAllocator().buffer(capacity: Self.outputByteCount)
        } else {
            output.clear()
        }
    }

    /// Writes what work has produced; every connection is flushed once.
    func deliver(_ deliveries: [Delivery]) {
        var touched: [ConnectionHandler] = []
        for delivery in deliveries {
            guard let connection = connections[delivery.connection] else {
                switch delivery.content {
                case .end: counters.ended()
                case .item(_, let gate): gate.end(.connectionClosed)
                }
                continue
            }
            guard serving == nil || serving === connection else {
                postponed.append(delivery)
                continue
            }
            if connection.take(delivery) { touched.append(connection) }
        }
        for connection in touched { connection.flushDeliveries() }
    }
}
