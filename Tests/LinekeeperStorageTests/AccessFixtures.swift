import Foundation
import LinekeeperCore
import Synchronization

@testable import LinekeeperStorage

private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}

/// A published agent.
func agent(_ text: String) throws(DomainError) -> AgentDescription {
    guard let id = AgentID(text) else {
        throw DomainError(.invalidArgument, "A test's agent has no id.")
    }
    return try AgentDescription(id: id, name: text.capitalized, status: .published)
}

/// A test got no value where one must be.
struct NoValue: Error {}

extension SQLiteStore {
    /// Makes a change and answers what its body made.
    func make<Value: Sendable>(
        at: Timestamp = .start,
        _ body: @escaping @Sendable (any StoreWriter) throws(DomainError) -> Value
    ) async throws -> Value {
        let box = Box<Value>()
        _ = try await change(at: at) { writer throws(DomainError) in
            let value = try body(writer)
            box.value.withLock { $0 = value }
            return []
        }.get()
        guard let value = box.value.withLock({ $0 }) else { throw NoValue() }
        return value
    }

    /// The refusal of a change; `nil` when it was made.
    func refusal(
        at: Timestamp = .start,
        _ body: @escaping @Sendable (any StoreWriter) throws(DomainError) -> Void
    ) async -> DomainError? {
        let outcome = await change(at: at) { writer throws(DomainError) in
            try body(writer)
            return []
        }
        guard case .failure(let error) = outcome else { return nil }
        return error
    }

    /// Makes a workspace by the rules.
    func makeWorkspace(
        _ name: String = "Acme", id: UInt64 = 1,
        _ populate: @escaping @Sendable (inout WorkspaceRecord) -> Void = { _ in }
    ) async throws -> WorkspaceRecord {
        try await make { writer throws(DomainError) in
            var draft = WorkspaceRecord(
                key: WorkspaceKey(rawValue: 0), id: WorkspaceID(high: 7, low: id), name: name,
                plan: .standard, featureFlags: [], monthlyAllowanceCredits: 0, exclusivity: .agent,
                allowedDestinations: [], createdAt: .start)
            populate(&draft)
            return try WorkspaceChanges.create(
                draft,
                firstEntry: CreditEntryID(
                    at: draft.createdAt, randomHigh: 0, randomLow: .random(in: 0 ... .max)),
                in: writer)
        }
    }

    /// Makes a SIP connection by the rules.
    func makeConnection(
        _ name: String = "Trunk", id: UInt64 = 1, in workspace: WorkspaceRecord
    ) async throws -> ConnectionRecord {
        try await make { writer throws(DomainError) in
            try ConnectionChanges.add(
                ConnectionRecord(
                    key: ConnectionKey(rawValue: 0), id: ConnectionID(high: 9, low: id),
                    workspace: workspace.id, carrier: .sip, name: name,
                    settings: ["termination_uri": "sip.example.com", "transport": "TLS"],
                    credentialHint: "", createdAt: .start),
                sealedCredentials: [1, 2, 3], workspace: workspace.key, in: writer)
        }
    }

    /// Imports a number by the rules.
    func makeImport(
        _ digits: UInt64, id: UInt64, of connection: ConnectionRecord,
        in workspace: WorkspaceRecord, at: Timestamp = .start,
        assignments: AssignmentChange = AssignmentChange()
    ) async throws -> ImportOutcome {
        try await make(at: at) { writer throws(DomainError) in
            guard let e164 = E164(digits: digits) else {
                throw DomainError(.invalidE164, "A test's number is none.")
            }
            return try ImportChange.run(
                ImportRequest(
                    e164: e164, type: .local, capabilities: [.voice, .sms], label: "",
                    regionLabel: "", webhookMode: .outboundOnly, assignments: assignments),
                connection: connection.id, workspace: workspace.key,
                newID: NumberID(high: 5, low: id), in: writer)
        }
    }
}
