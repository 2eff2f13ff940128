import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension NumberService {
    func registerForwarding(in methods: inout MethodTable) {
        methods.query(Self.path + "GetForwardingInstructions", role: .viewer, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.GetForwardingInstructionsRequest, reader, workspace)
                throws(DomainError) -> Proto.GetForwardingInstructionsResponse in
            let id = try FieldChecks.numberID(request.numberID)
            guard let number = try reader.numberRecord(id, in: workspace) else {
                throw NumberRules.notFound
            }
            let line = request.countryCode.isEmpty ? number.countryCode : request.countryCode
            let guide = try ForwardingGuide(to: number.e164, fromLineIn: line)
            return .with { response in
                response.destinationE164 = guide.destination.description
                response.steps = guide.steps.map { step in
                    .with {
                        $0.title = step.title
                        $0.dial = step.dial
                        $0.note = step.note
                    }
                }
                response.considerations = guide.considerations
                response.warnings = Self.warnings(about: number)
            }
        }
    }

    /// Why a forwarded call would reach nobody.
    private static func warnings(about number: NumberRecord) -> [Proto.Warning] {
        func warning(_ code: String, _ message: String) -> Proto.Warning {
            .with {
                $0.code = code
                $0.message = message
                $0.profile = .inbound
            }
        }
        var warnings: [Proto.Warning] = []
        if !number.status.isInService {
            warnings.append(
                warning("NUMBER_NOT_ACTIVE", "\(number.e164) is not active: calls end there."))
        }
        if !number.capabilities.contains(.voice) {
            warnings.append(
                warning("CAPABILITY_MISSING", "\(number.e164) cannot take voice calls."))
        }
        if number.inbound == nil {
            warnings.append(
                warning(
                    "NO_INBOUND_AGENT",
                    "No agent answers \(number.e164): assign an inbound agent before forwarding."))
        }
        return warnings
    }
}
