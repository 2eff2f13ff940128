import LinekeeperCore
import LinekeeperProto
public import LinekeeperRPC

/// AssignmentService but for what is answered on the event loop and for diagnosis: assignments, the
/// incident switch and lock, the automation editor's options, the mirror of agents, route changes.
public struct AssignmentService: Sendable {
    let context: ServiceContext

    static let path = "/linekeeper.v1.AssignmentService/"

    /// The service.
    public init(context: ServiceContext) { self.context = context }

    /// Adds the service's methods.
    public func register(in methods: inout MethodTable) {
        registerAssignments(in: &methods)
        registerChoices(in: &methods)
        registerOutboundControl(in: &methods)
        registerOutboundOptions(in: &methods)
        registerAgents(in: &methods)
        registerWatch(in: &methods)
    }
}

extension FieldChecks {
    /// Reads the id of an agent.
    ///
    /// - Throws: `invalidArgument`.
    static func agentID(_ text: String, field: String) throws(DomainError) -> AgentID {
        guard let id = AgentID(text) else {
            throw DomainError(
                .invalidArgument,
                "\(field) must name an agent: 1 to 64 letters, digits, dots, underscores, colons "
                    + "or hyphens.",
                field: field)
        }
        return id
    }

    /// Reads the profile that a list is about.
    ///
    /// - Throws: `invalidArgument` when it is missing or unknown.
    static func profile(_ wire: Proto.Profile) throws(DomainError) -> Profile {
        guard let profile: Profile = try value(wire, field: "profile") else {
            throw DomainError(
                .invalidArgument, "profile must be INBOUND, OUTBOUND or SMS.", field: "profile")
        }
        return profile
    }
}
