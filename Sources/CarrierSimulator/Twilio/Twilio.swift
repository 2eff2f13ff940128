import Foundation

/// Twilio's front door: who is asking, for what, in which region.
enum Twilio {
    static func answer(_ received: Received, in world: inout World) -> Reply {
        let start = Date()
        var request = received.request
        // The 2010 API answers in XML unless the path asks for JSON.
        let wantsXML = request.path.hasPrefix("/2010-04-01") && !request.path.hasSuffix(".json")
        if wantsXML { request.path += ".json" }
        var reply: Reply
        do throws(Refusal) {
            reply = try handle(request, id: received.id, in: &world)
        } catch {
            reply = error.reply
        }
        if wantsXML { reply = TwilioXML.converted(reply) }
        let milliseconds = Date().timeIntervalSince(start)
        return reply.adding("Twilio-Request-Id", received.id)
            .adding("Twilio-Request-Duration", String(format: "%.3f", milliseconds))
            .adding("Twilio-Concurrent-Requests", "1")
            .adding("X-Home-Region", region(of: request).rawValue)
    }

    private static func handle(
        _ request: Request, id: String, in world: inout World
    ) throws(Refusal) -> Reply {
        guard let (account, credential) = authenticated(request, in: world) else {
            throw TwilioError.unauthenticated.refusal
        }
        switch RouteMatch.find(request.method, request.path, in: routes) {
        case .none: throw TwilioError.notFound(request.path).refusal
        case .otherMethod: throw TwilioError(405, 20004, "Method not allowed").refusal
        case .route(let route, let parameters):
            let call = Call(
                request: request, parameters: parameters, account: account,
                credential: credential, region: region(of: request), requestID: id)
            try admit(call)
            return try route.handler(&world, call)
        }
    }

    /// Whether these credentials may ask this.
    private static func admit(_ call: Call) throws(Refusal) {
        let account = call.account
        if let sid = call.parameters["AccountSid"], sid != account.id {
            throw TwilioError.unauthenticated.refusal
        }
        let isAccount =
            call.parameters.count == 1 && call.request.path.hasSuffix(account.id + ".json")
        let isKeys = call.request.path.contains("/Keys")
        if call.credential.kind == .standardKey, isAccount || isKeys {
            throw TwilioError.unauthenticated.refusal
        }
        if account.isTest {
            let buys = call.request.path.hasSuffix("/IncomingPhoneNumbers.json")
            guard call.request.method == "POST", buys else {
                throw TwilioError.testCredentials.refusal
            }
        }
        switch account.status {
        case .active: return
        case .suspended where isAccount: return
        case .suspended: throw TwilioError.suspended.refusal
        case .closed: throw TwilioError.unauthenticated.refusal
        }
    }

    /// Basic authentication with the account's SID and Auth Token or a key's SID and secret; each
    /// region knows its own.
    static func authenticated(
        _ request: Request, in world: World
    ) -> (account: Account, credential: Credential)? {
        guard let header = request.header("authorization"),
            header.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: String(header.dropFirst(6)))
        else { return nil }
        let pair = String(decoding: data, as: UTF8.self)
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return nil }
        let region = region(of: request)
        for account in world.accounts.values where account.carrier == .twilio {
            let credential = account.credentials.first {
                $0.id == pair[0] && $0.secret == pair[1] && $0.region == region
            }
            if let credential { return (account, credential) }
        }
        return nil
    }

    /// The region that a host's name asks for: `api.dublin.ie1.twilio.com` is ie1.
    static func region(of request: Request) -> Region {
        let labels = request.host.split(separator: ".")
        return labels.compactMap { Region(rawValue: String($0)) }.first ?? .us1
    }

    static let routes: [Route] =
        accountRoutes + addressRoutes + availableRoutes + numberRoutes + pricingRoutes
        + regionRoutes
}

extension World {
    /// Writes a deed of an account's request in the ledger, and does it.
    mutating func record(
        _ call: Call, _ operation: String, e164: String = "", reference: String = "",
        _ changes: [Change]
    ) throws(Refusal) {
        let carrier = call.account.carrier
        let deed = Deed(
            carrier: carrier, account: call.account.id, operation: operation, e164: e164,
            reference: reference, requestID: call.requestID)
        do {
            try commit(deed, changes)
        } catch {
            throw switch carrier {
            case .twilio: TwilioError.serverTrouble(500).refusal
            case .telnyx: TelnyxError.serverTrouble(500).refusal
            }
        }
    }
}
