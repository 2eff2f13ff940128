import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension NumberService {
    func registerAcquisition(in methods: inout MethodTable) {
        registerSources(in: &methods)
        registerRegions(in: &methods)
        registerForwarding(in: &methods)
        registerPurchasing(in: &methods)
    }

    private func registerSources(in methods: inout MethodTable) {
        let routes = context.store.routes
        methods.query(Self.path + "ListSources", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (_: Proto.ListSourcesRequest, _, workspace)
                throws(DomainError) -> Proto.ListSourcesResponse in
            let facts = try Self.facts(of: workspace, in: routes)
            return .with { response in
                response.sources = NumberSource.allCases.map { source in
                    .with { info in
                        info.source = Proto.Source(source)
                        let obstacle = source.obstacle(for: facts, isConnected: false)
                        info.open = obstacle == nil
                        guard let obstacle else { return }
                        info.reason = obstacle.reason.rawValue
                        info.message = obstacle.message
                    }
                }
            }
        }

        methods.query(Self.path + "ListCountries", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ListCountriesRequest, _, workspace)
                throws(DomainError) -> Proto.ListCountriesResponse in
            guard
                let source = try FieldChecks.value(
                    request.source, as: NumberSource.self, field: "source")
            else {
                throw DomainError(
                    .invalidArgument, "source must be POOL, MARKETPLACE or IMPORT.",
                    field: "source")
            }
            let facts = try Self.facts(of: workspace, in: routes)
            if let obstacle = source.obstacle(for: facts, isConnected: false) { throw obstacle }
            return .with { response in
                // A carrier of one's own may have numbers of any kind, anywhere.
                response.countries = CallingCode.countries.map { country in
                    .with {
                        $0.countryCode = country.countryCode
                        $0.name = country.name
                        $0.callingCode = country.callingCode
                        $0.types = NumberType.allCases.map { Proto.NumberType($0) }
                    }
                }
            }
        }
    }

    private static func facts(
        of workspace: WorkspaceKey, in routes: RouteTable
    ) throws(DomainError) -> WorkspaceFacts {
        guard let facts = routes.workspace(workspace) else { throw WorkspaceChanges.notFound }
        return facts
    }

    private func registerRegions(in methods: inout MethodTable) {
        methods.query(Self.path + "ListRegions", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ListRegionsRequest, reader, workspace)
                throws(DomainError) -> Proto.ListRegionsResponse in
            if !request.numberID.isEmpty {
                let id = try FieldChecks.numberID(request.numberID)
                guard let number = try reader.numberRecord(id, in: workspace) else {
                    throw NumberRules.notFound
                }
                guard number.carrier == .twilio else { return .init() }
            }
            return .with { response in
                response.regions = RegionID.allCases.map { region in
                    .with {
                        $0.id = region.rawValue
                        $0.label = region.label
                        $0.carrierRegion = region.carrierRegion
                        $0.edge = region.edge
                    }
                }
            }
        }
    }

    /// What needs a carrier to buy from; refused with a sentence rather than not known.
    private func registerPurchasing(in methods: inout MethodTable) {
        let refusal = Status(
            DomainError(
                .notImplemented,
                "Buying numbers is not available in this version: import numbers from a carrier of "
                    + "your own with CarrierService/ImportNumbers."))
        for name in ["ListAreaCodes", "SearchAvailable", "GetOrder", "ListOrders"] {
            methods.unary(Self.path + name, access: .role(.viewer)) { _, _ throws(Status) in
                throw refusal
            }
        }
        for name in ["PurchaseNumbers", "ProcessOrders"] {
            methods.unary(Self.path + name, access: .role(.manager)) { _, _ throws(Status) in
                throw refusal
            }
        }
        methods.stream(Self.path + "WatchOrders", access: .role(.viewer)) {
            _, _, _ throws(Status) in
            throw refusal
        }
    }
}
