import Synchronization

/// Ends one deferred call, once, from any thread.
///
/// Later answers are ignored. A responder that is dropped unused ends its call with `INTERNAL`, so
/// that neither the caller waits nor the call's slot is lost.
public final class Responder: Sendable {
    private let port: LoopPort
    private let connection: UInt64
    private let callID: UInt64
    private let requestID: RequestID
    private let isUsed = Atomic<Bool>(false)

    init(port: LoopPort, connection: UInt64, callID: UInt64, requestID: RequestID) {
        self.port = port
        self.connection = connection
        self.callID = callID
        self.requestID = requestID
    }

    deinit {
        if let delivery = delivery(of: .failure(.handlerGaveUp)) { port.post(delivery) }
    }

    /// Ends the call with its response message, or with a refusal.
    ///
    /// Answers that come close together wake the call's event loop once. Who holds many at a time
    /// uses ``ResponseBatch``.
    public func finish(_ result: Result<[UInt8], Status>) {
        if let delivery = delivery(of: result) { port.post(delivery) }
    }

    fileprivate func finish(_ result: Result<[UInt8], Status>, in batch: inout ResponseBatch) {
        guard let delivery = delivery(of: result) else { return }
        batch.append(delivery, for: port)
    }

    private func delivery(of result: Result<[UInt8], Status>) -> Delivery? {
        guard !isUsed.exchange(true, ordering: .acquiringAndReleasing) else { return nil }
        return Delivery(
            connection: connection, callID: callID,
            content: .end(result.mapError { $0.identified(by: requestID) }))
    }
}

/// Answers to many calls, handed over together.
///
/// However many there are, each event loop is woken once and each connection written to once.
public struct ResponseBatch {
    private var byLoop: [(port: LoopPort, deliveries: [Delivery])] = []

    public init() {}

    /// Adds one answer; it is sent by ``submit()``. A responder that was used before is ignored.
    public mutating func add(_ responder: Responder, _ result: Result<[UInt8], Status>) {
        responder.finish(result, in: &self)
    }

    /// Sends everything that was added since the last time.
    public mutating func submit() {
        for (port, deliveries) in byLoop { port.post(deliveries) }
        byLoop.removeAll()
    }

    fileprivate mutating func append(_ delivery: Delivery, for port: LoopPort) {
        // There are as many loops as cores: a search is cheaper than a table.
        if let place = byLoop.firstIndex(where: { $0.port === port }) {
            byLoop[place].deliveries.append(delivery)
        } else {
            byLoop.append((port, [delivery]))
        }
    }
}
