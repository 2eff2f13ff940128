import LinekeeperCore

/// One Telnyx account, spoken to with one API key.
///
/// Requests and answers are those of Telnyx's API v2.
struct TelnyxAccount: CarrierAccount {
    let credentials: TelnyxCredentials
    let endpoints: CarrierEndpoints
    /// One at a time holds it, of all who use these credentials.
    let turn: ConcurrencyGate
    let client: CarrierClient

    private static let host = "api.telnyx.com"

    // MARK: Requests

    func request(
        _ method: HTTPRequest.Method, _ path: String, query: FormFields = [:], body: JSON? = nil
    ) -> HTTPRequest {
        let place = endpoints.locate(
            host: TelnyxAccount.host, path: query.query(of: "/v2\(path)"))
        var headers = HTTPHeaders()
        if let host = place.hostHeader { headers.add("Host", host) }
        headers.add("Authorization", "Bearer \(credentials.apiKey)")
        headers.add("Accept", "application/json")
        if body != nil { headers.add("Content-Type", "application/json") }
        return HTTPRequest(
            method, place.url, headers: headers, body: body.map { Array($0.text.utf8) })
    }

    /// Sends a request.
    func exchange(
        _ request: HTTPRequest, within budget: Duration = .seconds(30)
    ) async throws(DomainError) -> CarrierExchange {
        let response = try await client.answer(to: request, within: budget)
        return (200..<300).contains(response.status)
            ? .done(response) : .refused(refusal(response))
    }

    /// What Telnyx answers to a request; its refusals are errors.
    ///
    /// - Parameter attempt: What is tried, to follow "Telnyx refused to".
    func answer(
        to request: HTTPRequest, attempt: String
    ) async throws(DomainError) -> CarrierJSON {
        switch try await exchange(request) {
        case .done(let response): try CarrierJSON(response.body, from: "Telnyx")
        case .refused(let refusal): throw TelnyxErrors.error(refusal, attempt: attempt)
        }
    }

    /// The same, but `nil` where Telnyx says that there is no such thing.
    func answerIfPresent(
        to request: HTTPRequest, attempt: String
    ) async throws(DomainError) -> CarrierJSON? {
        switch try await exchange(request) {
        case .done(let response): try CarrierJSON(response.body, from: "Telnyx")
        case .refused(let refusal) where refusal.status == 404: nil
        case .refused(let refusal): throw TelnyxErrors.error(refusal, attempt: attempt)
        }
    }

    /// What a response that is no success says.
    func refusal(_ response: HTTPResponse) -> CarrierRefusal {
        TelnyxDecoding.refusal(response, secrets: [credentials.apiKey])
    }
}
