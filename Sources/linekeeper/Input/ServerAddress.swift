/// `host:port`, with brackets around an IPv6 address; the port may be left out.
struct ServerAddress: Hashable {
    static let portDefault = 7411

    let host: String
    let port: Int

    init(_ text: String) throws(CLIError) {
        var host = text[...]
        var port = Self.portDefault
        // More than one colon and no bracket: an IPv6 address without a port.
        let isPlainIPv6 = !text.hasPrefix("[") && text.filter { $0 == ":" }.count > 1
        let hasPort = text.hasPrefix("[") ? text.contains("]:") : text.contains(":")
        if hasPort, !isPlainIPv6, let colon = text.lastIndex(of: ":") {
            guard let number = Int(text[text.index(after: colon)...]), (1...65_535).contains(number)
            else { throw Self.fault(text) }
            port = number
            host = text[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, !host.contains("["), !host.contains("]"), !host.contains("/") else {
            throw Self.fault(text)
        }
        self.host = String(host)
        self.port = port
    }

    private static func fault(_ text: String) -> CLIError {
        .usage("\(text) is no server. Write host:port, like 127.0.0.1:7411.")
    }
}
