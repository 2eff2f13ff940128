import CarrierSimulator
import Foundation
import FoundationNetworking
import Testing

/// A simulator of its own for a test, and what speaks to it.
struct Scene {
    let simulator: CarrierSimulator

    /// Runs a test with a simulator on a free port, and stops it.
    static func with(
        ledger: String? = nil, orderDelay: Duration = .milliseconds(50),
        _ body: (Scene) async throws -> Void
    ) async throws {
        let simulator = try await CarrierSimulator.start(ledger: ledger, orderDelay: orderDelay)
        do {
            try await body(Scene(simulator: simulator))
        } catch {
            await simulator.stop()
            throw error
        }
        await simulator.stop()
    }

    /// Who asks, and at which of the carrier's hosts.
    struct Caller {
        var authorization: String?
        var host: String

        static func twilio(
            _ account: Account, _ kind: Credential.Kind = .authToken, region: Region = .us1,
            host: String = "api.twilio.com"
        ) -> Caller {
            let credential = account.credentials.first { $0.kind == kind && $0.region == region }
            let pair = "\(credential?.id ?? ""):\(credential?.secret ?? "")"
            return Caller(
                authorization: "Basic " + Data(pair.utf8).base64EncodedString(), host: host)
        }

        static func telnyx(_ account: Account) -> Caller {
            Caller(
                authorization: "Bearer " + (account.credentials.first?.secret ?? ""),
                host: "api.telnyx.com")
        }
    }

    /// An answer of a carrier.
    struct Answer {
        var status: Int
        var headers: [String: String]
        var body: Data
        /// The body as Foundation reads JSON; empty when it is none.
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
        }
        var code: Int { json["code"] as? Int ?? 0 }
        var data: [String: Any] { json["data"] as? [String: Any] ?? [:] }
        var items: [[String: Any]] { json["data"] as? [[String: Any]] ?? [] }
        /// The code of the first error of Telnyx.
        var telnyxCode: String {
            ((json["errors"] as? [[String: Any]])?.first?["code"] as? String) ?? ""
        }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// Sends a request; a form is sent as one, and so is JSON.
    func send(
        _ method: String, _ path: String, as caller: Caller, form: [String: String]? = nil,
        json: Any? = nil
    ) async throws -> Answer {
        let url = try #require(URL(string: simulator.url + path))
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.timeoutInterval = 10
        request.setValue(caller.host, forHTTPHeaderField: "Host")
        if let authorization = caller.authorization {
            request.setValue(authorization, forHTTPHeaderField: "Authorization")
        }
        if let form {
            let body = form.map { "\(Self.encoded($0))=\(Self.encoded($1))" }
            request.httpBody = Data(body.joined(separator: "&").utf8)
            request.setValue(
                "application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        }
        if let json {
            request.httpBody = try JSONSerialization.data(withJSONObject: json)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        // A session of its own: no connection is shared with a test that has it broken.
        let session = URLSession(configuration: .ephemeral)
        defer { session.invalidateAndCancel() }
        let (body, response) = try await session.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        var headers: [String: String] = [:]
        for (name, value) in http.allHeaderFields {
            headers["\(name)".lowercased()] = "\(value)"
        }
        return Answer(status: http.statusCode, headers: headers, body: body)
    }

    /// A value for a query or a form.
    static func encoded(_ text: String) -> String {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? text
    }

    /// The path of a Twilio account, or of something in it.
    static func path(_ account: Account, _ rest: String = ".json") -> String {
        "/2010-04-01/Accounts/\(account.id)" + rest
    }
}
