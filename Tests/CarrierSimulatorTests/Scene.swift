import CarrierSimulator
import Foundation
import NIOCore
import NIOPosix
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

        /// Nobody, for the control API.
        static let control = Caller(authorization: nil, host: "localhost")
    }

    /// Sends a request on a connection of its own and reads until that is closed.
    func send(
        _ method: String, _ path: String, as caller: Caller, form: [String: String]? = nil,
        json: Any? = nil
    ) async throws -> Answer {
        var body = Data()
        var head = "\(method) \(path) HTTP/1.1\r\nHost: \(caller.host)\r\nConnection: close\r\n"
        if let authorization = caller.authorization {
            head += "Authorization: \(authorization)\r\n"
        }
        if let form {
            let pairs = form.map { "\(Self.encoded($0))=\(Self.encoded($1))" }
            body = Data(pairs.joined(separator: "&").utf8)
            head += "Content-Type: application/x-www-form-urlencoded\r\n"
        }
        if let json {
            body = try JSONSerialization.data(withJSONObject: json)
            head += "Content-Type: application/json\r\n"
        }
        head += "Content-Length: \(body.count)\r\n\r\n"
        return Answer(try await exchange(Array(head.utf8) + Array(body)))
    }

    /// Writes bytes and reads until the other side closes the connection.
    func exchange(_ bytes: [UInt8]) async throws -> [UInt8] {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: simulator.host, port: simulator.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: bytes))
            var received: [UInt8] = []
            for try await buffer in inbound { received += buffer.readableBytesView }
            return received
        }
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

    /// Buys a number at Twilio; answers what Twilio says.
    func buy(
        _ e164: String, account: Account = Demo.twilioCustomer, name: String = "intent"
    ) async throws -> Answer {
        try await send(
            "POST", Self.path(account, "/IncomingPhoneNumbers.json"), as: .twilio(account),
            form: ["PhoneNumber": e164, "FriendlyName": name])
    }

    /// Looks for a number at Telnyx, as must be done before it is ordered, and orders it.
    func order(
        _ e164: String, account: Account = Demo.telnyxPool, reference: String = "intent",
        country: String = "US"
    ) async throws -> Answer {
        let found = try await send(
            "GET",
            "/v2/available_phone_numbers?filter%5Bcountry_code%5D=\(country)"
                + "&filter%5Bphone_number%5D%5Bends_with%5D=\(e164.suffix(7))",
            as: .telnyx(account))
        #expect(found.items.contains { $0["phone_number"] as? String == e164 })
        return try await send(
            "POST", "/v2/number_orders", as: .telnyx(account),
            json: [
                "phone_numbers": [["phone_number": e164]], "customer_reference": reference,
            ])
    }

    /// A number that nobody has.
    func free(
        _ carrier: SimulatedCarrier, country: String = "US", type: NumberType = .local
    ) throws -> String {
        try #require(
            simulator.available(at: carrier, country: country, type: type, limit: 1).first)
    }
}

/// The bytes that came back, read as far as they can be.
struct Answer {
    var bytes: [UInt8]
    /// 0 when not even a status line came.
    var status = 0
    /// By names in lower case.
    var headers: [String: String] = [:]
    var body = Data()

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let data = Data(bytes)
        guard let end = data.range(of: Data("\r\n\r\n".utf8)) else { return }
        let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
        for line in lines.dropFirst() {
            let sides = line.split(separator: ":", maxSplits: 1).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            if sides.count == 2 { headers[sides[0].lowercased()] = sides[1] }
        }
        body = data[end.upperBound...]
    }

    /// The body as Foundation reads JSON; empty when it is none.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
    }
    subscript(name: String) -> String { json[name] as? String ?? "" }
    /// Twilio's error code.
    var code: Int { json["code"] as? Int ?? 0 }
    /// Telnyx's `data`, when it is an object.
    var data: [String: Any] { json["data"] as? [String: Any] ?? [:] }
    /// Telnyx's `data`, when it is a list.
    var items: [[String: Any]] { json["data"] as? [[String: Any]] ?? [] }
    /// The code of Telnyx's first error.
    var telnyxCode: String {
        ((json["errors"] as? [[String: Any]])?.first?["code"] as? String) ?? ""
    }
    var text: String { String(decoding: body, as: UTF8.self) }
}
