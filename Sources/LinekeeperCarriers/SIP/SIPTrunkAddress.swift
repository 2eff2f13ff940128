/// The host and port of a SIP URI (RFC 3261 section 25.1, `hostport`), without a user.
struct SIPTrunkAddress: Hashable, Sendable, CustomStringConvertible {
    let host: String
    let port: UInt16?

    /// Reads `host`, `host:port` or `[IPv6]:port`; `sip:` or `sips:` may stand before it.
    init?(_ text: String) {
        var rest = text[...]
        for scheme in ["sips:", "sip:"] where rest.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            break
        }
        var portText: Substring?
        if rest.first == "[" {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            let address = rest[rest.index(after: rest.startIndex)..<end]
            guard SIPTrunkAddress.isIPv6(address) else { return nil }
            host = "[\(address.lowercased())]"
            let tail = rest[rest.index(after: end)...]
            if !tail.isEmpty {
                guard tail.first == ":" else { return nil }
                portText = tail.dropFirst()
            }
        } else {
            let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count), let name = parts.first,
                SIPTrunkAddress.isHostName(name)
            else { return nil }
            host = name.lowercased()
            if parts.count == 2 { portText = parts.last }
        }
        if let portText {
            guard portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let port = UInt16(portText), port > 0
            else { return nil }
            self.port = port
        } else {
            port = nil
        }
    }

    var description: String { port.map { "\(host):\($0)" } ?? host }

    /// Labels of letters, digits and hyphens (RFC 1123), which dotted IPv4 addresses are too; all
    /// digits make an address and must be four numbers up to 255.
    private static func isHostName(_ name: Substring) -> Bool {
        guard (1...253).contains(name.utf8.count) else { return false }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isWellFormed = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
                    default: false
                    }
                }
        }
        guard isWellFormed, let last = labels.last else { return false }
        guard last.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return true }
        return labels.count == 4 && labels.allSatisfy { UInt8($0) != nil }
    }

    private static func isIPv6(_ text: Substring) -> Bool {
        guard (2...45).contains(text.utf8.count),
            text.utf8.allSatisfy({ byte in
                switch byte {
                case 0x30...0x39, 0x41...0x46, 0x61...0x66, 0x3A, 0x2E: true
                default: false
                }
            })
        else { return false }
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        let isCompressed = text.contains("::")
        return groups.allSatisfy { $0.utf8.count <= 4 }
            && (isCompressed ? (3...9).contains(groups.count) : groups.count == 8)
    }
}
