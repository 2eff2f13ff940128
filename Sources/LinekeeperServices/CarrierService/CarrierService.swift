import LinekeeperCore
import LinekeeperProto
public import LinekeeperRPC

/// CarrierService: a workspace's own carriers.
public struct CarrierService: Sendable {
    let context: ServiceContext
    let connections: Connections
    let tasks: CarrierTasks

    static let path = "/linekeeper.v1.CarrierService/"

    /// The service, over the accounts of connections and what is done at them.
    public init(context: ServiceContext, connections: Connections, tasks: CarrierTasks) {
        self.context = context
        self.connections = connections
        self.tasks = tasks
    }

    /// Adds the service's methods.
    public func register(in methods: inout MethodTable) {
        registerCarriers(in: &methods)
        registerConnections(in: &methods)
        registerImportable(in: &methods)
        registerImport(in: &methods)
        registerSync(in: &methods)
        registerDisconnect(in: &methods)
    }

    /// The adapter of a carrier named on the wire.
    ///
    /// - Throws: `invalidArgument` for no carrier, `carrierNotSupported` for one that this server
    ///   does not speak to.
    func adapter(of wire: Proto.Carrier) throws(DomainError) -> any CarrierAdapter {
        guard let carrier = try FieldChecks.value(wire, as: Carrier.self, field: "carrier") else {
            throw DomainError(
                .invalidArgument, "carrier must be TWILIO, TELNYX or SIP.", field: "carrier")
        }
        return try connections.adapter(of: carrier)
    }

    private func registerCarriers(in methods: inout MethodTable) {
        let service = self
        methods.query(Self.path + "ListCarriers", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (_: Proto.ListCarriersRequest, _, _)
                throws(DomainError) -> Proto.ListCarriersResponse in
            .with { response in
                response.carriers = Carrier.allCases.map { carrier in
                    let profile = service.connections.adapters.map(\.profile)
                        .first { $0.carrier == carrier }
                    return .with { info in
                        info.carrier = Proto.Carrier(carrier)
                        info.name = carrier.label
                        info.available = profile != nil
                        guard let profile else { return }
                        info.credentialFields = profile.fields.map { Proto.CredentialField($0) }
                        info.supportsSearch = profile.supportsSearch
                        info.supportsListing = profile.supportsListing
                        info.supportsRegions = profile.supportsRegions
                        info.supportsWebhooks = profile.supportsWebhooks
                        info.webhookURL = service.tasks.webhooks?.urls(of: carrier).voice ?? ""
                    }
                }
            }
        }

        methods.inquiry(Self.path + "ValidateCredentials", role: .manager, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ValidateCredentialsRequest, _)
                async throws(DomainError) -> Proto.ValidateCredentialsResponse in
            let adapter = try service.adapter(of: request.carrier)
            let label = try await adapter.validate(
                try adapter.profile.checked(request.credentials))
            return .with { $0.accountLabel = label }
        }
    }
}

extension Proto.CredentialField {
    init(_ field: CredentialField) {
        self.init()
        name = field.name
        label = field.label
        secret = field.isSecret
        required = field.isRequired
        choices = field.choices
        help = field.help
    }
}
