import Foundation

/// One name and its value in a query or a form.
struct Parameter: Equatable, Sendable {
    var name: String
    var value: String
}

/// A request as a carrier's front door sees it.
struct Request: Sendable {
    var method: String
    /// Percent-decoded, with the leading slash and without the query.
    var path: String
    /// The query as sent.
    var rawQuery: String
    var query: [Parameter]
    /// Names in lower case.
    var headers: [(name: String, value: String)]
    var body: [UInt8]
    /// Whether the peer's address is a loopback address.
    var isLocal: Bool

    init(
        method: String, target: String, headers: [(name: String, value: String)], body: [UInt8],
        isLocal: Bool
    ) {
        self.method = method
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = Self.decoded(parts.first.map(String.init) ?? "/", plusIsSpace: false)
        rawQuery = parts.count > 1 ? String(parts[1]) : ""
        query = Self.parameters(rawQuery)
        self.headers = headers.map { ($0.name.lowercased(), $0.value) }
        self.body = body
        self.isLocal = isLocal
    }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The host that the caller meant, in lower case and without the port.
    var host: String {
        let host = header("host") ?? ""
        return String(host.split(separator: ":").first ?? "").lowercased()
    }

    /// The body read as a form.
    var form: [Parameter] { Self.parameters(String(decoding: body, as: UTF8.self)) }

    /// The first value of a query parameter.
    func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// Reads `a=b&c=d`, in which `+` is a space.
    static func parameters(_ text: String) -> [Parameter] {
        text.split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return Parameter(
                name: decoded(String(sides.first ?? ""), plusIsSpace: true),
                value: sides.count > 1 ? decoded(String(sides[1]), plusIsSpace: true) : "")
        }
    }

    /// Undoes percent-encoding; what is no valid encoding stays as it is.
    static func decoded(_ text: String, plusIsSpace: Bool) -> String {
        let text = plusIsSpace ? text.replacing("+", with: " ") : text
        return text.removingPercentEncoding ?? text
    }

    /// Encodes a value for a query: everything but letters, digits and `-._~`.
    static func encoded(_ text: String) -> String {
        var allowed = CharacterSet(charactersIn: "-._~")
        allowed.formUnion(CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyz0123456789"))
        allowed.formUnion(CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? text
    }
}

/// An answer before it is put on the wire.
struct Reply: Equatable, Sendable {
    var status: Int
    var headers: [Header] = []
    var body: [UInt8] = []

    struct Header: Equatable, Sendable {
        var name: String
        var value: String
    }

    /// An answer in JSON.
    static func json(_ status: Int, _ value: JSON) -> Reply {
        Reply(
            status: status,
            headers: [Header(name: "Content-Type", value: "application/json; charset=utf-8")],
            body: value.bytes)
    }

    /// An answer without a body.
    static let noContent = Reply(status: 204)

    func adding(_ name: String, _ value: String) -> Reply {
        var reply = self
        reply.headers.append(Header(name: name, value: value))
        return reply
    }
}

/// A refusal: an answer that ends the handling of a request.
struct Refusal: Error {
    var reply: Reply
}
