import Foundation

/// Which carrier a request is for, and its answer.
enum Carriers {
    /// By the path, which the carriers do not share; by the host where no path is known.
    static func carrier(of request: Request) -> SimulatedCarrier {
        let path = request.path
        if path.hasPrefix("/v2/PhoneNumbers") || path.hasPrefix("/v2/RegulatoryCompliance") {
            return .twilio
        }
        if path.hasPrefix("/v2/") { return .telnyx }
        return request.host.hasSuffix("telnyx.com") ? .telnyx : .twilio
    }

    /// Does what a request asks, and answers as the carrier does.
    static func answer(_ received: Received, in world: inout World) -> Reply {
        switch received.carrier {
        case .twilio: Twilio.answer(received, in: &world)
        case .telnyx: Telnyx.answer(received, in: &world)
        }
    }

    /// Whose credentials came with a request; `nil` when they are nobody's.
    static func authenticated(
        _ request: Request, _ carrier: SimulatedCarrier, in world: World
    ) -> (account: Account, credential: Credential)? {
        switch carrier {
        case .twilio: Twilio.authenticated(request, in: world)
        case .telnyx: Telnyx.authenticated(request, in: world)
        }
    }

    /// A new name for a request.
    static func requestID(_ carrier: SimulatedCarrier) -> String {
        let id = UUID().uuidString.lowercased()
        return carrier == .twilio ? "RQ" + id.replacing("-", with: "") : id
    }
}
