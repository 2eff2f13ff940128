import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension NumberService {
    func registerRegions(in methods: inout MethodTable) {
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
}
