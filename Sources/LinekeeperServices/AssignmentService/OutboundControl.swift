import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension AssignmentService {
    func registerOutboundControl(in methods: inout MethodTable) {
        let context = context
        methods.mutation(
            Self.path + "SetOutboundEnabled", role: .manager, context: context,
            workspace: \.workspaceID
        ) { (request: Proto.SetOutboundEnabledRequest, call) throws(DomainError) in
            let outcomes = try OutboundSwitch(request).apply(
                in: call.workspace, through: call.writer)
            return Proto.SetOutboundEnabledResponse.with {
                $0.outcomes = outcomes.map(Proto.OutboundOutcome.init)
            }
        }

        methods.mutation(
            Self.path + "SetOutboundLock", role: .manager, context: context,
            workspace: \.workspaceID
        ) { (request: Proto.SetOutboundLockRequest, call) throws(DomainError) in
            let state = try OutboundLock(request).apply(
                in: call.workspace, through: call.writer)
            return Proto.SetOutboundLockResponse.with {
                $0.workspaceLocked = state.isWorkspaceLocked
                $0.lockedE164s = state.numbers.map(\.description)
            }
        }
    }

    /// A request that names numbers and all of them leaves open which is meant, and guessing wrong
    /// would stop, or allow, somebody's calls.
    fileprivate static func onlyOneScope(
        _ all: String, isSet: Bool, _ some: String, count: Int
    ) throws(DomainError) {
        guard isSet, count > 0 else { return }
        throw DomainError(
            .invalidArgument, "Set \(all) or \(some), not both.", field: all)
    }
}

extension OutboundSwitch {
    fileprivate init(_ request: Proto.SetOutboundEnabledRequest) throws(DomainError) {
        try AssignmentService.onlyOneScope(
            "all_in_workspace", isSet: request.allInWorkspace, "number_ids",
            count: request.numberIDs.count)
        var ids: [NumberID] = []
        for text in request.numberIDs { ids.append(try FieldChecks.numberID(text)) }
        try self.init(
            scope: request.allInWorkspace ? .workspace : .numbers(ids),
            isEnabled: request.enabled, reason: try ReasonText(request.reason))
    }
}

extension OutboundLock {
    fileprivate init(_ request: Proto.SetOutboundLockRequest) throws(DomainError) {
        try AssignmentService.onlyOneScope(
            "whole_workspace", isSet: request.wholeWorkspace, "number_ids and e164s",
            count: request.numberIDs.count + request.e164s.count)
        var ids: [NumberID] = []
        for text in request.numberIDs { ids.append(try FieldChecks.numberID(text)) }
        var e164s: [E164] = []
        for text in request.e164s { e164s.append(try E164(text, field: "e164s")) }
        try self.init(
            scope: request.wholeWorkspace ? .workspace : .numbers(ids: ids, e164s: e164s),
            isLocked: request.locked, reason: try ReasonText(request.reason))
    }
}

extension Proto.OutboundOutcome {
    fileprivate init(_ outcome: OutboundSwitch.Outcome) {
        self.init()
        numberID = outcome.number.description
        e164 = outcome.e164.description
        outboundEnabled = outcome.isEnabled
        changed = outcome.didChange
        reason = outcome.refusal?.rawValue ?? ""
    }
}
