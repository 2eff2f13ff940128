import Crypto
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import Synchronization

/// A number that is to be imported, or why it cannot be.
enum ImportCandidate: Sendable {
    case number(ImportRequest)
    case refused(String, DomainError)
}

/// An import that may begin: its form is right, its key is its own, and the carrier has been asked.
struct ImportRun: Sendable {
    let candidates: [ImportCandidate]
    let connection: ConnectionID
    let workspace: WorkspaceKey
    let webhookMode: WebhookMode
    let request: MutationRequest
    let key: IdempotencyKey
}

/// Collects results that come from elsewhere, in any order.
final class Collected<Value: Sendable>: Sendable {
    private let state: Mutex<(values: [Value?], missing: Int)>

    init(count: Int) {
        state = Mutex((Array(repeating: nil, count: count), count))
    }

    /// Answers whether this was the last.
    func put(_ value: Value, at index: Int) -> Bool {
        state.withLock { state in
            state.values[index] = value
            state.missing -= 1
            return state.missing == 0
        }
    }

    var all: [Value] { state.withLock { $0.values.compactMap(\.self) } }
}

extension CarrierService {
    /// Numbers named in one import; a client splits what is more.
    static let importMax = 10_000

    /// Checks an import and finds out what is to be imported.
    func startImport(
        _ call: CallContext, path: String, payload: [UInt8]
    ) async throws(DomainError) -> ImportRun {
        // Ten thousand numbers are within a frame, but take more to decode than other requests.
        let request = try Proto.ImportNumbersRequest(checking: payload, budget: 32 << 20)
        let workspace = try Caller.workspace(
            named: request.workspaceID, for: call.identity, in: context.store.routes)
        let connection = try await context.store.read { reader throws(DomainError) in
            try reader.existingConnection(request.connectionID, in: workspace)
        }
        let profile = try connections.adapter(of: connection.carrier).profile
        let mode: WebhookMode =
            try FieldChecks.value(request.webhookMode, field: "webhook_mode") ?? .outboundOnly
        try check(request, profile)
        var mutation = try call.mutationRequest(
            path: path, payload: payload, workspace: workspace, rule: .required,
            at: context.clock.now)
        guard let key = mutation.idempotency else {
            throw DomainError(.idempotencyKeyRequired, "This method needs an idempotency-key.")
        }
        // Claims the key for this payload: another payload under it is refused from here on.
        _ = try await context.store.perform(mutation) { _ in [] }
        mutation.idempotency = nil
        return ImportRun(
            candidates: profile.supportsListing
                ? try await candidates(for: request, mode, in: workspace)
                : request.numbers.map { Self.candidate($0, webhookMode: mode) },
            connection: connection.id, workspace: workspace, webhookMode: mode,
            request: mutation, key: key)
    }

    private func check(
        _ request: Proto.ImportNumbersRequest, _ profile: CarrierProfile
    ) throws(DomainError) {
        let carrier = profile.carrier.label
        guard !request.all || profile.supportsListing else {
            throw DomainError(
                .carrierNotSupported,
                "\(carrier) cannot be asked for its numbers: name the numbers to import.",
                field: "all")
        }
        guard !request.all || request.numbers.isEmpty else {
            throw DomainError(
                .invalidArgument, "Name the numbers to import, or set all: not both.",
                field: "all")
        }
        guard request.all || (1...Self.importMax).contains(request.numbers.count) else {
            throw DomainError(
                .invalidArgument,
                "numbers takes 1 to \(Self.importMax) numbers; \(request.numbers.count) were sent.",
                facts: ["limit": "\(Self.importMax)"], field: "numbers")
        }
        guard request.webhookMode == .managed else { return }
        guard profile.supportsWebhooks else {
            throw DomainError(
                .carrierNotSupported,
                "\(carrier) has no webhook settings to manage: import with OUTBOUND_ONLY and point "
                    + "the trunk here by hand.", field: "webhook_mode")
        }
        _ = try tasks.webhookTargets()
    }

    // MARK: - What is to be imported

    private static func candidate(
        _ item: Proto.ImportItem, webhookMode: WebhookMode
    ) -> ImportCandidate {
        do throws(DomainError) {
            return .number(try ImportRequest(item, webhookMode: webhookMode))
        } catch { return .refused(item.e164, error) }
    }

    private func candidates(
        for request: Proto.ImportNumbersRequest, _ mode: WebhookMode, in workspace: WorkspaceKey
    ) async throws(DomainError) -> [ImportCandidate] {
        let opened = try await connections.open(request.connectionID, in: workspace)
        guard !request.all else {
            let (numbers, unreadable) = try await connections.asking(opened) {
                account throws(DomainError) in
                try await AccountNumbers.all(of: account)
            }
            return numbers.map { Self.candidate($0, ImportRequest($0, webhookMode: mode)) }
                + unreadable.map {
                    .refused("", DomainError(.carrierAnswerUnreadable, $0))
                }
        }
        let items = request.numbers.map { Self.candidate($0, webhookMode: mode) }
        let wanted = Set(items.compactMap(\.e164))
        let found = try await connections.asking(opened) { account throws(DomainError) in
            try await AccountNumbers.those(wanted, of: account)
        }
        return items.map { item in
            guard case .number(var number) = item else { return item }
            guard let described = found[number.e164] else {
                return .refused(
                    number.e164.description,
                    DomainError(
                        .numberNotFound,
                        "The connected \(opened.record.carrier.label) account does not hold "
                            + "\(number.e164): list the importable numbers."))
            }
            number.describe(as: described)
            return Self.candidate(described, number)
        }
    }

    private static func candidate(
        _ described: CarrierNumber, _ number: ImportRequest
    ) -> ImportCandidate {
        guard let words = described.inactiveReason else { return .number(number) }
        return .refused(
            number.e164.description,
            DomainError(
                .numberNotActive, "\(number.e164) is not active at the carrier: \(words)",
                facts: ["number": number.e164.description]))
    }
}

extension ImportCandidate {
    fileprivate var e164: E164? {
        guard case .number(let number) = self else { return nil }
        return number.e164
    }
}

extension IdempotencyKey {
    /// The key of one number of an import: repeating the import answers what it answered before.
    func part(_ number: E164) -> IdempotencyKey {
        let name = Hex.text(Array(SHA256.hash(data: Array(key.utf8)).prefix(16)))
        return IdempotencyKey(
            key: "import:\(name):\(number)", method: method, payloadHash: payloadHash)
    }
}

extension ImportRequest {
    /// A number as its carrier describes it, without label and profiles.
    init(_ number: CarrierNumber, webhookMode: WebhookMode) {
        self.init(
            e164: number.e164, type: number.type, capabilities: number.capabilities, label: "",
            regionLabel: "", webhookMode: webhookMode, assignments: AssignmentChange())
        describe(as: number)
    }

    /// Takes over what the carrier says, whatever the caller said.
    mutating func describe(as number: CarrierNumber) {
        type = number.type
        capabilities = number.capabilities
        carrierNumberID = number.carrierID
        countryCode = number.countryCode
        if !number.regionLabel.isEmpty { regionLabel = number.regionLabel }
    }

    /// Reads one number of an import.
    init(_ item: Proto.ImportItem, webhookMode: WebhookMode) throws(DomainError) {
        let capabilities = try Proto.Capability.set(
            item.capabilities, field: "numbers.capabilities")
        let type: NumberType? = try FieldChecks.value(item.type, field: "numbers.type")
        var assignments = AssignmentChange()
        for (profile, text) in [
            (Profile.inbound, item.inboundAgentID), (.outbound, item.outboundAgentID),
            (.sms, item.smsAgentID),
        ] where !text.isEmpty {
            guard let agent = AgentID(text) else {
                throw DomainError(
                    .agentNotFound, "There is no such agent in this workspace: list the agents.",
                    field: "numbers.\(profile.word.lowercased())_agent_id")
            }
            assignments[profile] = .assign(agent)
        }
        self.init(
            e164: try E164(item.e164, field: "numbers.e164"), type: type ?? .local,
            capabilities: capabilities.isEmpty ? .voice : capabilities,
            label: try PlainText.checked(item.label, field: "numbers.label", length: 0...100),
            regionLabel: try PlainText.checked(
                item.regionLabel, field: "numbers.region_label", length: 0...100),
            webhookMode: webhookMode, assignments: assignments)
    }
}
