public import LinekeeperProto
public import NIOCore
import NIOPosix
import Synchronization

/// Calls the methods of one server.
///
/// All calls share one connection, which is made when the first call needs it, kept while the
/// server keeps it, and made anew when the server asks for it or it is lost. A call that failed is
/// tried again where that cannot do harm (see ``CallOptions``). A dropped client closes its
/// connection; ``close()`` does so in a known moment.
public final class RPCClient: Sendable {
    /// Where the server is and what the client allows.
    public let configuration: ClientConfiguration

    private let eventLoop: any EventLoop
    private let endpoint: NIOLoopBoundBox<ClientEndpoint>
    private let rules: RetryRules
    private let budget = Mutex(RetryBudget())

    /// Makes a client without connecting it.
    ///
    /// - Parameter group: The threads of the connection; `nil` takes those that the whole process
    ///   shares.
    /// - Throws: `CONFIGURATION_INVALID` or `TLS_UNUSABLE`.
    public init(
        _ configuration: ClientConfiguration,
        group: (any EventLoopGroup)? = nil
    ) throws(Status) {
        if let fault = configuration.fault { throw .configurationInvalid(fault) }
        var tls: ClientTLS?
        if let wanted = configuration.tls {
            tls = try ClientTLS(wanted, host: configuration.host)
        }
        self.configuration = configuration
        rules = RetryRules(configuration)
        eventLoop = (group ?? MultiThreadedEventLoopGroup.singleton).next()
        endpoint = .makeBoxSendingValue(
            ClientEndpoint(configuration, tls: tls, eventLoop: eventLoop), eventLoop: eventLoop)
    }

    deinit {
        let endpoint = endpoint
        eventLoop.execute { endpoint.value.close() }
    }

    /// Ends every call with `CLIENT_CLOSED` and closes the connection; later calls end the same.
    public func close() async {
        let endpoint = endpoint
        await withCheckedContinuation { continuation in
            eventLoop.execute {
                endpoint.value.close()
                continuation.resume()
            }
        }
    }
}

// Calls.
extension RPCClient {
    /// Calls a unary method.
    ///
    /// - Parameters:
    ///   - method: The path: `/linekeeper.v1.NumberService/GetNumber`.
    ///   - response: The type of the answer.
    /// - Throws: The server's refusal, or why there is no answer: among the codes UNAVAILABLE,
    ///   DEADLINE_EXCEEDED and CANCELLED (the task was cancelled), with INTERNAL for an answer that
    ///   cannot be read.
    public func call<Response: ProtoMessage>(
        _ request: some ProtoMessage, _ method: String, _ response: Response.Type,
        _ options: CallOptions = CallOptions()
    ) async throws(Status) -> Response {
        try Self.decode(await call(method, payload: request.encoded(), options), as: response)
    }

    /// Calls a unary method with the encoded request, and returns the encoded answer.
    ///
    /// - Throws: As the typed form.
    public func call(
        _ method: String, payload: [UInt8], _ options: CallOptions = CallOptions()
    ) async throws(Status) -> [UInt8] {
        let metadata = options.metadata
        try Self.check(method, metadata)
        let kind = ClientCall.Kind.unary(method: method, payload: payload, metadata: metadata)
        return try await repeated(kind, options, configuration.defaultTimeout)
    }

    /// Measures how long the server takes to answer a ping; connects first where needed.
    ///
    /// A server allows one ping a second, and ten at once.
    ///
    /// - Throws: Why there is no answer.
    public func ping(_ options: CallOptions = CallOptions()) async throws(Status) -> Duration {
        let start = ContinuousClock.now
        _ = try await repeated(.ping, options, configuration.defaultTimeout)
        return ContinuousClock.now - start
    }

    private func repeated(
        _ kind: ClientCall.Kind, _ options: CallOptions, _ defaultTimeout: Duration
    ) async throws(Status) -> [UInt8] {
        let deadline = Self.deadline(in: options.timeout ?? defaultTimeout)
        var attempts = 0
        var lost: Status?
        while true {
            attempts += 1
            switch await attempt(kind, deadline, waitsForServer: options.waitsForServer) {
            case .success(let answer):
                callSucceeded()
                return answer
            case .failure(let failure):
                if failure.fate == .unknown, !options.isRead { lost = failure.status }
                do throws(Status) {
                    try await pause(
                        after: failure, attempts: attempts, options: options, deadline: deadline)
                } catch {
                    // That the last attempt never left says nothing of the one before it.
                    guard let lost, error.reason == Status.cannotConnectReason else { throw error }
                    throw lost.followed(by: error)
                }
            }
        }
    }

    private func attempt(
        _ kind: ClientCall.Kind, _ deadline: NIODeadline?, waitsForServer: Bool
    ) async -> Result<[UInt8], CallFailure> {
        let ticket = CallTicket()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                start(
                    ClientCall(
                        ticket: ticket, kind: kind, deadline: deadline,
                        waitsForServer: waitsForServer, continuation: continuation))
            }
        } onCancel: {
            cancel(ticket)
        }
    }
}

// Streams.
extension RPCClient {
    /// Calls a method that answers with a stream of messages.
    ///
    /// Nothing is sent until the stream is iterated; each iteration is a call of its own. Leaving
    /// the loop cancels the call. The server is held up when messages are not taken as they come:
    /// while one stream stands still, so do the others of this client.
    public func stream<Item: ProtoMessage>(
        _ request: some ProtoMessage, _ method: String, _ item: Item.Type,
        _ options: CallOptions = CallOptions()
    ) -> ClientStream<Item> {
        ClientStream(
            client: self, method: method, payload: request.encoded(), options: options
        ) { bytes throws(Status) in try Self.decode(bytes, as: item) }
    }

    /// Calls a method that answers with a stream, with encoded messages both ways.
    public func stream(
        _ method: String, payload: [UInt8], _ options: CallOptions = CallOptions()
    ) -> ClientStream<[UInt8]> {
        ClientStream(client: self, method: method, payload: payload, options: options) { $0 }
    }
}

// What unary calls and streams share.
extension RPCClient {
    func start(_ call: ClientCall) {
        let endpoint = endpoint
        eventLoop.execute { endpoint.value.start(call) }
    }

    func cancel(_ ticket: CallTicket) {
        ticket.cancel()
        let endpoint = endpoint
        eventLoop.execute { endpoint.value.cancel(ticket) }
    }

    func streamCaughtUp(_ ticket: CallTicket) {
        let endpoint = endpoint
        eventLoop.execute { endpoint.value.streamCaughtUp(ticket) }
    }

    func callSucceeded() { budget.withLock { $0.callSucceeded() } }

    /// Waits until a failed call is to be tried again.
    ///
    /// - Throws: The failure's status when it is not.
    func pause(
        after failure: CallFailure, attempts: Int, options: CallOptions, deadline: NIODeadline?
    ) async throws(Status) {
        let remaining = deadline.map { Duration.nanoseconds(($0 - .now()).nanoseconds) }
        let pause = rules.pause(
            after: failure, attempts: attempts, isRepeatable: options.isRepeatable,
            remaining: remaining, jitter: .random(in: -1...1))
        guard let pause, budget.withLock({ $0.takeRetry(after: failure.fate) }) else {
            throw failure.status
        }
        if failure.fate != .notAccepted {
            configuration.onRetry?(
                Retry(
                    status: failure.status, attempt: attempts + 1,
                    attemptsMax: configuration.attemptsMax, pause: pause))
        }
        do {
            try await Task.sleep(for: pause)
        } catch {
            throw .cancelledByCaller
        }
    }

    static func deadline(in timeout: Duration) -> NIODeadline {
        .now() + TimeAmount(min(max(timeout, .zero), .seconds(86_400)))
    }

    static func check(_ method: String, _ metadata: [CallOptions.Metadata]) throws(Status) {
        let texts = [method] + metadata.map(\.value)
        guard !texts.contains(where: { $0.utf8.contains(0) }) else { throw .textWithZero }
    }

    /// What decoding one answer may take: a frame's bytes can become several times as many.
    private static let decodeBytesMax = 64 << 20

    private static func decode<Message: ProtoMessage>(
        _ bytes: [UInt8], as type: Message.Type
    ) throws(Status) -> Message {
        do {
            return try Message(decoding: bytes, budget: decodeBytesMax)
        } catch {
            throw .responseMalformed(error.description)
        }
    }
}
