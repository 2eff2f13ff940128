import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension AssignmentService {
    func registerAgents(in methods: inout MethodTable) {
        let context = context
        methods.mutation(
            Self.path + "PutAgents", role: .manager, context: context, workspace: \.workspaceID
        ) { (request: Proto.PutAgentsRequest, call) throws(DomainError) in
            try FieldChecks.count(
                request.agents.count, field: "agents", max: AgentRules.agentsPerRequestMax)
            var agents: [AgentDescription] = []
            for agent in request.agents { agents.append(try AgentDescription(agent)) }
            let counts = try AgentEdit.put(agents, in: call.workspace, through: call.writer)
            return Proto.PutAgentsResponse.with {
                $0.created = UInt32(clamping: counts.created)
                $0.updated = UInt32(clamping: counts.updated)
                $0.unchanged = UInt32(clamping: counts.unchanged)
            }
        }

        methods.mutation(
            Self.path + "DeleteAgent", role: .manager, context: context, workspace: \.workspaceID
        ) { (request: Proto.DeleteAgentRequest, call) throws(DomainError) in
            let id = try FieldChecks.agentID(request.agentID, field: "agent_id")
            let cleared = try AgentEdit.delete(id, in: call.workspace, through: call.writer)
            return Proto.DeleteAgentResponse.with {
                $0.clearedNumberIDs = cleared.map(\.description)
            }
        }

        methods.query(
            Self.path + "ListAgents", role: .viewer, context: context, workspace: \.workspaceID
        ) { (request: Proto.ListAgentsRequest, reader, workspace) throws(DomainError) in
            let filter = AgentFilter(
                status: try FieldChecks.value(request.status, field: "status"),
                text: try PlainText.checked(request.text, field: "text", length: 0...200))
            let page = try reader.agents(
                in: workspace, matching: filter,
                page: try context.pageTokens.page(of: request, in: workspace))
            return Proto.ListAgentsResponse.with {
                $0.agents = page.rows.map(Proto.Agent.init)
                $0.nextPageToken = context.pageTokens.token(
                    after: page.next, of: request, in: workspace)
            }
        }
    }
}

extension AgentDescription {
    /// Reads an agent; the numbers and the time in the message are ignored.
    fileprivate init(_ wire: Proto.Agent) throws(DomainError) {
        guard let status: AgentStatus = try FieldChecks.value(wire.status, field: "status") else {
            throw DomainError(
                .invalidArgument, "status must be DRAFT, PUBLISHED or INACTIVE.", field: "status")
        }
        try self.init(
            id: try FieldChecks.agentID(wire.agentID, field: "agent_id"), name: wire.name,
            status: status, outboundConfigured: wire.outboundConfigured,
            smsEnabled: wire.smsEnabled)
    }
}

extension Proto.Agent {
    /// An agent with the numbers it holds.
    init(_ record: AgentRecord) {
        self.init()
        agentID = record.facts.id.text
        name = record.facts.name
        status = Proto.AgentStatus(record.facts.status)
        outboundConfigured = record.facts.outboundConfigured
        smsEnabled = record.facts.smsEnabled
        updatedAt = Proto.Timestamp(record.updatedAt)
        inboundE164 = record.facts.inbound?.description ?? ""
        outboundE164 = record.facts.outbound?.description ?? ""
        smsE164 = record.facts.sms?.description ?? ""
    }
}
