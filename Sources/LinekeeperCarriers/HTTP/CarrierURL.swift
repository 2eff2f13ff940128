/// A URL that this service may call: `https` to anywhere, `http` to this machine alone.
///
/// The form is narrower than what libcurl accepts, so that both read the same host out of one text:
/// no user, no fragment, no backslash, a host of letters, digits, dots and hyphens or a bracketed
/// IPv6 address.
package struct CarrierURL: Sendable, Equatable {
    package enum Scheme: String, Sendable { case http, https }

    package let scheme: Scheme
    /// With its brackets when it is an IPv6 address, and without the port.
    package let host: String
    /// Starts with a slash, or is empty; without the query.
    package let path: String

    package init(_ text: String) throws(HTTPFailure) {
        guard let separator = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: String(text[..<separator.lowerBound]))
        else { throw HTTPFailure(.refused, "A carrier's URL must start with https://.") }
        let rest = text[separator.upperBound...]
        let isPrintable = rest.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "#") && byte != UInt8(ascii: "\\")
        }
        guard isPrintable, rest.utf8.count <= 8192 else {
            throw HTTPFailure(
                .refused, "A carrier's URL must be percent-encoded, without a fragment.")
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let host = Self.host(of: authority) else {
            throw HTTPFailure(
                .refused, "A carrier's URL must name a host, with a port if need be and no user.")
        }
        guard scheme == .https || Self.isLoopback(host) else {
            throw HTTPFailure(
                .refused,
                "A carrier is called with https only; http is for 127.0.0.1 and [::1], not \(host)."
            )
        }
        self.scheme = scheme
        self.host = host
        path = String(rest[authority.endIndex...].prefix { $0 != "?" })
    }

    private static func host(of authority: Substring) -> String? {
        let host: Substring
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[...end]
            let isAddress = host.dropFirst().dropLast().utf8.allSatisfy { byte in
                byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") || isHexDigit(byte)
            }
            guard isAddress, host.utf8.count > 2 else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            let isName = host.utf8.allSatisfy { byte in
                isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: ".")
            }
            guard isName, !host.isEmpty else { return nil }
        }
        let port = authority[host.endIndex...]
        guard port.isEmpty || (port.first == ":" && isPort(port.dropFirst())) else { return nil }
        return String(host)
    }

    private static func isPort(_ text: Substring) -> Bool {
        guard text.utf8.allSatisfy(isDigit), let port = UInt16(text) else { return false }
        return port > 0
    }

    /// A literal of 127.0.0.0/8 in four plain decimal parts, or `[::1]`. A name is none, not even
    /// `localhost`: who it leads to is for a resolver to say.
    private static func isLoopback(_ host: String) -> Bool {
        if host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts.first == "127" else { return false }
        return parts.allSatisfy { part in UInt8(part).map(String.init) == String(part) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return isDigit(byte) || lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f")
    }
}
