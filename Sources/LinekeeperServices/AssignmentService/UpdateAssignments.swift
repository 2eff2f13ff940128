import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension AssignmentService {
    func registerAssignments(in methods: inout MethodTable) {
        let context = context
        methods.mutation(
            Self.path + "UpdateAssignments", role: .manager, context: context,
            workspace: \.workspaceID
        ) { (request: Proto.UpdateAssignmentsRequest, call) throws(DomainError) in
            let outcome = try AssignmentEdit.update(
                try FieldChecks.numberID(request.numberID), in: call.workspace,
                with: try AssignmentChange(request), through: call.writer)
            let record = try call.writer.record(of: outcome.number)
            return Proto.UpdateAssignmentsResponse.with {
                $0.number = Proto.PhoneNumber(record)
                $0.warnings = outcome.warnings.map(Proto.Warning.init)
            }
        }

        methods.query(
            Self.path + "GetAgentNumbers", role: .viewer, context: context, workspace: \.workspaceID
        ) { (request: Proto.GetAgentNumbersRequest, reader, workspace) throws(DomainError) in
            let id = try FieldChecks.agentID(request.agentID, field: "agent_id")
            guard let agent = try reader.agent(id, in: workspace) else {
                throw AgentRules.notFound(id)
            }
            func number(_ e164: E164?) throws(DomainError) -> Proto.PhoneNumber? {
                guard let e164 else { return nil }
                return try reader.numberRecord(e164, in: workspace).map(Proto.PhoneNumber.init)
            }
            return try Proto.GetAgentNumbersResponse.with { reply throws(DomainError) in
                reply.agent = Proto.Agent(agent)
                reply.inbound = try number(agent.facts.inbound)
                reply.outbound = try number(agent.facts.outbound)
                reply.sms = try number(agent.facts.sms)
            }
        }
    }
}

extension AssignmentChange {
    /// Reads a save.
    ///
    /// - Throws: `invalidArgument` naming the profile that says neither an agent nor clear.
    init(_ request: Proto.UpdateAssignmentsRequest) throws(DomainError) {
        self.init(
            inbound: try ProfileChange(request.inbound, field: "inbound"),
            outbound: try ProfileChange(request.outbound, field: "outbound"),
            sms: try ProfileChange(request.sms, field: "sms"),
            outboundEnabled: request.outboundEnabled, replace: request.replace,
            expectedVersion: request.expectedVersion)
    }
}

extension ProfileChange {
    fileprivate init(_ wire: Proto.ProfileChange?, field: String) throws(DomainError) {
        switch wire?.change {
        case .none where wire == nil: self = .keep
        case .agentID(""), .clear(true): self = .clear
        case .agentID(let text):
            self = .assign(try FieldChecks.agentID(text, field: "\(field).agent_id"))
        // A message that says nothing might be a mistake, and clearing cannot be taken back.
        case .none, .clear(false):
            throw DomainError(
                .invalidArgument,
                "\(field) must have an agent_id, or clear set to true; leave it out to keep what "
                    + "is there.",
                field: field)
        }
    }
}

extension Proto.Warning {
    /// A warning as it is shown.
    init(_ warning: AssignmentWarning) {
        self.init()
        code = warning.code.rawValue
        message = warning.message
        profile = Proto.Profile(warning.profile)
    }
}
