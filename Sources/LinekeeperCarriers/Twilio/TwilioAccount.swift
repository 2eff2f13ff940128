import Foundation
import LinekeeperCore

/// One Twilio account, spoken to with one set of credentials.
///
/// Requests and answers are those of Twilio's REST API of 2010, and of its pricing, routes and
/// regulatory APIs.
struct TwilioAccount: CarrierAccount {
    let credentials: TwilioCredentials
    let endpoints: CarrierEndpoints
    /// One for each region that the credentials open, the default among them.
    let clients: [TwilioRegion: CarrierClient]

    static let pricingHost = "pricing.twilio.com"
    static let routesHost = "routes.twilio.com"
    static let regulatoryHost = "numbers.twilio.com"

    /// `/2010-04-01/Accounts/AC…` with a resource below it.
    func path(_ resource: String) -> String {
        "/2010-04-01/Accounts/\(credentials.accountSID)\(resource).json"
    }

    /// The path of one number's record.
    func path(of number: CarrierNumber) -> String {
        path("/IncomingPhoneNumbers/\(percentEncoded(number.carrierID))")
    }

    // MARK: Requests

    /// A request to a region's API, or to another of Twilio's hosts.
    ///
    /// - Throws: `regionNotSupported` when there are no credentials for the region.
    func request(
        _ method: HTTPRequest.Method, _ path: String, form: FormFields? = nil,
        region: TwilioRegion = .us1, host: String? = nil, login: TwilioCredentials.Login? = nil
    ) throws(DomainError) -> HTTPRequest {
        guard let login = login ?? credentials.login(for: region) else {
            throw TwilioAccount.noCredentials(for: region)
        }
        let place = endpoints.locate(host: host ?? region.apiHost, path: path)
        let token = Data("\(login.user):\(login.password)".utf8).base64EncodedString()
        var headers = HTTPHeaders()
        if let host = place.hostHeader { headers.add("Host", host) }
        headers.add("Authorization", "Basic \(token)")
        headers.add("Accept", "application/json")
        if form != nil { headers.add("Content-Type", "application/x-www-form-urlencoded") }
        return HTTPRequest(method, place.url, headers: headers, body: form?.body)
    }

    func client(for region: TwilioRegion) throws(DomainError) -> CarrierClient {
        guard let client = clients[region] else { throw TwilioAccount.noCredentials(for: region) }
        return client
    }

    /// Sends a request.
    func exchange(
        _ request: HTTPRequest, region: TwilioRegion = .us1
    ) async throws(DomainError) -> CarrierExchange {
        let response = try await client(for: region).answer(to: request)
        return (200..<300).contains(response.status)
            ? .done(response) : .refused(refusal(response))
    }

    /// What Twilio answers to a request; its refusals are errors.
    ///
    /// - Parameter attempt: What is tried, to follow "Twilio refused to".
    func answer(
        to request: HTTPRequest, region: TwilioRegion = .us1, attempt: String
    ) async throws(DomainError) -> CarrierJSON {
        switch try await exchange(request, region: region) {
        case .done(let response): try CarrierJSON(response.body, from: "Twilio")
        case .refused(let refusal): throw TwilioErrors.error(refusal, attempt: attempt)
        }
    }

    /// The same, but `nil` where Twilio says that there is no such thing.
    func answerIfPresent(
        to request: HTTPRequest, region: TwilioRegion = .us1, attempt: String
    ) async throws(DomainError) -> CarrierJSON? {
        switch try await exchange(request, region: region) {
        case .done(let response): try CarrierJSON(response.body, from: "Twilio")
        case .refused(let refusal) where refusal.status == 404: nil
        case .refused(let refusal): throw TwilioErrors.error(refusal, attempt: attempt)
        }
    }

    /// What a response that is no success says.
    func refusal(_ response: HTTPResponse) -> CarrierRefusal {
        TwilioDecoding.refusal(response, secrets: credentials.secrets)
    }

    static func noCredentials(for region: TwilioRegion) -> DomainError {
        DomainError(
            .regionNotSupported,
            "Twilio has separate credentials for each region: add \(region.tokenField ?? "auth_token") "
                + "to the connection to have calls processed in \(region.rawValue). It is in the "
                + "Twilio Console under Account, API keys & tokens, with the region chosen.",
            facts: ["carrier_region": region.rawValue], field: "region")
    }
}
