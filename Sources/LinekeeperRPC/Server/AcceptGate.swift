import NIOCore

#if canImport(Glibc)
    import Glibc
#endif

/// How many connections a server may hold.
struct ConnectionLimit: Equatable {
    /// Connections that are served.
    let served: Int
    /// Connections that are open, those included that are only told that there are too many.
    let open: Int

    /// Descriptors kept for everything that is no connection: the store's files, calls to
    /// carriers, logs.
    ///
    /// Without them the process would not merely fail to open a file: libdispatch, under Swift's
    /// tasks, ends it when it cannot read `/proc`.
    static let descriptorReserve = 64

    /// Connections beyond those served that may be open for as long as it takes to refuse them.
    private static let refusedMax = 64

    /// - Parameter descriptorMax: How many files the process may have open.
    init(connectionsMax: Int, descriptorMax: Int) {
        // NIO accepts up to 16 at a time once it has begun.
        let open = max(descriptorMax - Self.descriptorReserve - 16, 2)
        self.open = min(connectionsMax + Self.refusedMax, open)
        served = min(connectionsMax, max(self.open - Self.refusedMax, self.open / 2))
    }
}

/// The process's limit of open files.
enum FileDescriptors {
    /// Raises the limit as far as the process may, and returns it.
    ///
    /// The usual 1,024 is a default for programs that use `select`, which nothing here does.
    static func raiseLimit() -> Int {
        let files = __rlimit_resource_t(truncatingIfNeeded: RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard unsafe getrlimit(files, &limit) == 0 else { return 1024 }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = raised.rlim_max
            if unsafe setrlimit(files, &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }
}

/// Stops accepting while too many connections are open; they wait in the system's queue.
final class AcceptGate: ChannelOutboundHandler {
    typealias OutboundIn = Never

    /// Sent to the listening channel after a connection was counted out.
    struct ConnectionClosed: Sendable {}

    private let counters: ServerCounters
    private let openMax: Int
    private var holdsRead = false

    init(counters: ServerCounters, openMax: Int) {
        self.counters = counters
        self.openMax = openMax
    }

    func read(context: ChannelHandlerContext) {
        if counters.openConnections < openMax {
            context.read()
        } else {
            holdsRead = true
        }
    }

    func triggerUserOutboundEvent(
        context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
    ) {
        guard event is ConnectionClosed else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        if holdsRead, counters.openConnections < openMax {
            holdsRead = false
            context.read()
        }
        promise?.succeed()
    }
}
