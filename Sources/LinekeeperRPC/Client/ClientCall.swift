import NIOCore
import Synchronization

/// One attempt of a call on its way through the client, with whoever waits for it.
struct ClientCall: Sendable {
    enum Kind: Sendable {
        case unary(method: String, payload: [UInt8], metadata: [CallOptions.Metadata])
        case stream(
            StreamInbox, method: String, payload: [UInt8], metadata: [CallOptions.Metadata])
        case ping
    }

    typealias Continuation = CheckedContinuation<Result<[UInt8], CallFailure>, Never>

    let ticket: CallTicket
    let kind: Kind
    /// `nil`: the call has no end of its own.
    let deadline: NIODeadline?
    let waitsForServer: Bool
    /// Who waits for the end; `nil` for a stream, whose inbox tells.
    let continuation: Continuation?

    /// Ends the attempt for whoever waits. Called exactly once.
    func finish(_ result: Result<[UInt8], CallFailure>) {
        if case .stream(let inbox, _, _, _) = kind { inbox.end(result.map { _ in }) }
        continuation?.resume(returning: result)
    }
}

/// Names one attempt, and carries its cancellation from any thread.
///
/// The flag is set before the event loop is told: a cancellation that overtakes the call is seen
/// when the call arrives.
final class CallTicket: Sendable {
    private let cancelled = Atomic<Bool>(false)

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() { cancelled.store(true, ordering: .releasing) }
}
