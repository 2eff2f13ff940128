import NIOCore

/// The messages that a server sends in answer to one call.
///
/// Every iteration makes the call anew. It is tried again, where that does no harm, until the first
/// message has come; what fails later ends the iteration with a ``Status``.
public struct ClientStream<Message: Sendable>: AsyncSequence, Sendable {
    public typealias Element = Message
    public typealias Failure = Status

    let client: RPCClient
    let method: String
    let payload: [UInt8]
    let options: CallOptions
    let decode: @Sendable ([UInt8]) throws(Status) -> Message

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(stream: self) }

    /// Takes the messages of one call in their order.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private enum State {
            case notStarted
            case running(LiveStream)
            case over
        }

        private let stream: ClientStream
        private var state = State.notStarted
        private var attempts = 0
        private var hasItems = false
        private var deadline: NIODeadline?

        init(stream: ClientStream) { self.stream = stream }

        /// Waits for the next message; `nil` when the server has ended the stream well.
        ///
        /// - Throws: Why the stream ended; afterwards there is nothing more.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(Status) -> Message? {
            do {
                guard let bytes = try await nextBytes(isolation: actor) else { return nil }
                return try stream.decode(bytes)
            } catch {
                state = .over
                throw error
            }
        }

        private mutating func nextBytes(
            isolation actor: isolated (any Actor)?
        ) async throws(Status) -> [UInt8]? {
            while true {
                let live: LiveStream
                switch state {
                case .over: return nil
                case .running(let running): live = running
                case .notStarted: live = try begin()
                }
                switch await live.next(isolation: actor) {
                case .item(let bytes):
                    if !hasItems { stream.client.callSucceeded() }
                    hasItems = true
                    return bytes
                case .end(.success):
                    state = .over
                    return nil
                case .end(.failure(let failure)):
                    state = .notStarted
                    guard !hasItems else { throw failure.status }
                    try await stream.client.pause(
                        after: failure, attempts: attempts, options: stream.options,
                        deadline: deadline)
                }
            }
        }

        private mutating func begin() throws(Status) -> LiveStream {
            let metadata = stream.options.metadata
            try RPCClient.check(stream.method, metadata)
            if attempts == 0 { deadline = stream.options.timeout.map(RPCClient.deadline(in:)) }
            attempts += 1
            let live = LiveStream(
                client: stream.client, method: stream.method, payload: stream.payload,
                metadata: metadata, deadline: deadline,
                waitsForServer: stream.options.waitsForServer)
            state = .running(live)
            return live
        }
    }
}

/// One attempt of a stream; gives the call up when nobody holds it any more.
final class LiveStream: Sendable {
    private let client: RPCClient
    private let inbox: StreamInbox
    private let ticket = CallTicket()

    init(
        client: RPCClient, method: String, payload: [UInt8], metadata: [CallOptions.Metadata],
        deadline: NIODeadline?, waitsForServer: Bool
    ) {
        self.client = client
        inbox = StreamInbox(bytesMax: client.configuration.streamBufferBytesMax)
        client.start(
            ClientCall(
                ticket: ticket,
                kind: .stream(inbox, method: method, payload: payload, metadata: metadata),
                deadline: deadline, waitsForServer: waitsForServer, continuation: nil))
    }

    deinit { client.cancel(ticket) }

    func next(isolation actor: isolated (any Actor)?) async -> StreamInbox.Event {
        if Task.isCancelled {
            return .end(.failure(CallFailure(status: .cancelledByCaller, fate: .final)))
        }
        return await withTaskCancellationHandler {
            await inbox.next { client.streamCaughtUp(ticket) }
        } onCancel: {
            client.cancel(ticket)
        }
    }
}
