/// The sentences of the routing refusals: what a hot call answers and a diagnosis explains.
public enum RoutingRefusals {
    /// The refusal of a routing question about a number.
    ///
    /// - Parameters:
    ///   - number: The number asked about; `nil` where it is not known.
    ///   - agentID: The agent concerned; empty where there is none.
    ///   - isLocked: Whether the incident lock is what disables it.
    public static func error(
        _ reason: DomainError.Reason, number: E164?, workspace: WorkspaceID?, agentID: String,
        isLocked: Bool = false
    ) -> DomainError {
        var facts: [String: String] = [:]
        if let number { facts["number"] = number.description }
        if let workspace { facts["workspace_id"] = workspace.description }
        if !agentID.isEmpty { facts["agent_id"] = agentID }
        if reason == .outboundDisabled { facts["detail"] = isLocked ? "lock" : "toggle" }
        return DomainError(reason, message(for: reason), facts: facts)
    }

    private static func message(for reason: DomainError.Reason) -> String {
        switch reason {
        case .outboundDisabled: OutboundSwitch.disabledMessage
        case .numberNotFound: "There is no such active number here: check it, or import it."
        case .agentNotFound: "There is no such agent in this workspace: put it with PutAgents."
        case .notAssigned:
            "Nobody is assigned to this number for this: assign an agent, or set a fallback."
        case .agentNotPublished: "The number's agent is a draft: publish it in the agent builder."
        case .agentInactive:
            "The number's agent is inactive: activate it, or assign another agent."
        case .agentNotConfigured:
            "The agent is not set up for this: finish its configuration in the agent builder."
        case .capabilityMissing:
            "The number cannot do this: calls need VOICE, messages need SMS or MMS."
        case .numberNotActive: "The number is not active: see its status."
        case .noOutboundNumber:
            "The agent has no outbound number: assign one to its outbound profile."
        case .noOutboundAgent:
            "No agent is assigned to call from this number: assign one to its outbound profile."
        case .noSmsNumber: "The agent has no SMS number: assign one to its SMS profile."
        case .destinationNotAllowed:
            "The destination is outside the allowed prefixes of the number or its workspace: "
                + "add its prefix if calls there are wanted."
        default: "The call cannot be routed: \(reason.rawValue)."
        }
    }
}
