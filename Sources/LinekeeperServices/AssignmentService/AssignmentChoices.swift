import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

// What the dropdowns offer. The reason why something cannot be chosen is that of the save that
// would be refused.

extension AssignmentService {
    func registerChoices(in methods: inout MethodTable) {
        let context = context
        methods.query(
            Self.path + "ListAssignableAgents", role: .viewer, context: context,
            workspace: \.workspaceID
        ) { (request: Proto.ListAssignableAgentsRequest, reader, workspace) throws(DomainError) in
            let profile = try FieldChecks.profile(request.profile)
            let id = try FieldChecks.numberID(request.numberID)
            guard let number = try reader.numberChoice(id, in: workspace)?.facts else {
                throw NumberRules.notFound
            }
            let terms = try Self.terms(of: workspace, reader)
            let page = try reader.agents(
                in: workspace, matching: AgentFilter(),
                page: try context.pageTokens.page(of: request, in: workspace))
            return Proto.ListAssignableAgentsResponse.with {
                $0.agents = page.rows.map { agent in
                    let obstacle = AssignmentRules.obstacle(
                        to: agent.facts, taking: profile, of: number, by: terms)
                    return .with {
                        $0.agent = Proto.Agent(agent)
                        $0.assignable = obstacle == nil
                        $0.reason = obstacle?.reason.rawValue ?? ""
                        $0.message = obstacle?.message ?? ""
                        $0.current = number[profile]?.key == agent.facts.key
                    }
                }
                $0.nextPageToken = context.pageTokens.token(
                    after: page.next, of: request, in: workspace)
            }
        }

        methods.query(
            Self.path + "ListAssignableNumbers", role: .viewer, context: context,
            workspace: \.workspaceID
        ) { (request: Proto.ListAssignableNumbersRequest, reader, workspace) throws(DomainError) in
            let profile = try FieldChecks.profile(request.profile)
            let id = try FieldChecks.agentID(request.agentID, field: "agent_id")
            guard let agent = try reader.agent(id, in: workspace)?.facts else {
                throw AgentRules.notFound(id)
            }
            let terms = try Self.terms(of: workspace, reader)
            let page = try reader.numberChoices(
                in: workspace, page: try context.pageTokens.page(of: request, in: workspace))
            return Proto.ListAssignableNumbersResponse.with {
                $0.numbers = page.rows.map { number in
                    let obstacle = AssignmentRules.obstacle(
                        to: agent, taking: profile, of: number.facts, by: terms)
                    return .with {
                        $0.numberID = number.facts.id.description
                        $0.e164 = number.facts.e164.description
                        $0.label = number.label
                        $0.assignable = obstacle == nil
                        $0.reason = obstacle?.reason.rawValue ?? ""
                        $0.message = obstacle?.message ?? ""
                        $0.current = number.facts[profile]?.key == agent.key
                    }
                }
                $0.nextPageToken = context.pageTokens.token(
                    after: page.next, of: request, in: workspace)
            }
        }
    }

    private static func terms(
        of workspace: WorkspaceKey, _ reader: any StoreReader
    ) throws(DomainError) -> AssignmentRules.Terms {
        guard let exclusivity = try reader.exclusivity(of: workspace) else {
            throw WorkspaceChanges.notFound
        }
        return AssignmentRules.Terms(exclusivity: exclusivity)
    }
}
