import Crypto
public import LinekeeperCore
import LinekeeperProto
public import LinekeeperRPC

/// CarrierService: a workspace's own carriers.
public struct CarrierService: Sendable {
    let context: ServiceContext
    /// One for each carrier that this server can connect.
    let adapters: [any CarrierAdapter]
    let secrets: SecretBox

    static let path = "/linekeeper.v1.CarrierService/"

    /// The service, with the carriers it can speak to.
    public init(context: ServiceContext, adapters: [any CarrierAdapter], secrets: SecretBox) {
        self.context = context
        self.adapters = adapters
        self.secrets = secrets
    }

    /// Adds the service's methods.
    public func register(in methods: inout MethodTable) {
        registerCarriers(in: &methods)
        registerConnections(in: &methods)
        registerImport(in: &methods)
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
        return try adapter(of: carrier)
    }

    func adapter(of carrier: Carrier) throws(DomainError) -> any CarrierAdapter {
        guard let adapter = adapters.first(where: { $0.profile.carrier == carrier }) else {
            throw DomainError(
                .carrierNotSupported,
                "This server cannot connect \(carrier.label) yet; it connects "
                    + adapters.map(\.profile.carrier.label).joined(separator: ", ") + ".",
                facts: ["carrier": carrier.label], field: "carrier")
        }
        return adapter
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
                    let profile = service.adapters.map(\.profile)
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
                    }
                }
            }
        }

        let context = context
        methods.unary(Self.path + "ValidateCredentials", access: .role(.manager)) {
            (call: CallContext, payload: [UInt8]) async throws(Status) -> [UInt8] in
            do throws(DomainError) {
                let request = try Proto.ValidateCredentialsRequest(checking: payload)
                _ = try Caller.workspace(
                    named: request.workspaceID, for: call.identity, in: context.store.routes)
                let label = try await service.adapter(of: request.carrier)
                    .validate(request.credentials)
                return Proto.ValidateCredentialsResponse.with { $0.accountLabel = label }.encoded()
            } catch { throw Status(error) }
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
