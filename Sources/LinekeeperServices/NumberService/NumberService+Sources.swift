import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension NumberService {
    func registerSources(in methods: inout MethodTable) {
        let routes = context.store.routes
        let accounts = orders.accounts
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
                        let obstacle = accounts.obstacle(to: source, for: facts)
                        info.open = obstacle == nil
                        info.reason = obstacle?.reason.rawValue ?? ""
                        info.message = obstacle?.message ?? ""
                    }
                }
            }
        }
        registerCountries(in: &methods)
        registerAreaCodes(in: &methods)
    }

    private func registerCountries(in methods: inout MethodTable) {
        let service = self
        methods.inquiry(Self.path + "ListCountries", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ListCountriesRequest, workspace)
                async throws(DomainError) -> Proto.ListCountriesResponse in
            let source = try Self.source(request.source, or: "POOL, MARKETPLACE or IMPORT")
            // A carrier of one's own may have numbers of any kind, anywhere.
            guard source != .import else {
                return .with {
                    $0.countries = CallingCode.countries.map {
                        Proto.Country($0, types: Set(NumberType.allCases))
                    }
                }
            }
            let facts = try Self.facts(of: workspace, in: service.context.store.routes)
            let account = try service.orders.accounts.open(source, for: facts)
            let found = try await service.inventory.countries(of: source, at: account)
            return .with { response in
                response.countries = found.compactMap { item in
                    CallingCode.country(item.countryCode).map {
                        Proto.Country($0, types: item.types)
                    }
                }
            }
        }
    }

    /// Only the codes of the United States and Canada are known; elsewhere a search takes whatever
    /// digits a number begins with.
    private func registerAreaCodes(in methods: inout MethodTable) {
        let routes = context.store.routes
        let accounts = orders.accounts
        methods.query(Self.path + "ListAreaCodes", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.ListAreaCodesRequest, _, workspace)
                throws(DomainError) -> Proto.ListAreaCodesResponse in
            let source = try Self.source(request.source, or: "POOL or MARKETPLACE")
            let country = try Country.code(request.countryCode, field: "country_code")
            _ = try accounts.open(source, for: try Self.facts(of: workspace, in: routes))
            return .with { response in
                response.areaCodes = AreaCodes.of(country).map { item in
                    .with {
                        $0.areaCode = item.code
                        $0.regionLabel = item.region
                    }
                }
            }
        }
    }

    /// What decisions must know of the caller's workspace.
    ///
    /// - Throws: `workspaceNotFound` when it was deleted meanwhile.
    static func facts(
        of workspace: WorkspaceKey, in routes: RouteTable
    ) throws(DomainError) -> WorkspaceFacts {
        guard let facts = routes.workspace(workspace) else { throw WorkspaceChanges.notFound }
        return facts
    }

    /// Reads a source that must be named.
    static func source(
        _ wire: Proto.Source, or words: String
    ) throws(DomainError) -> NumberSource {
        guard let source: NumberSource = try FieldChecks.value(wire, field: "source") else {
            throw DomainError(.invalidArgument, "source must be \(words).", field: "source")
        }
        return source
    }
}

extension Proto.Country {
    init(_ country: Country, types: Set<NumberType>) {
        self.init()
        countryCode = country.countryCode
        name = country.name
        callingCode = country.callingCode
        self.types = types.sorted { $0.rawValue < $1.rawValue }.map { Proto.NumberType($0) }
    }
}
