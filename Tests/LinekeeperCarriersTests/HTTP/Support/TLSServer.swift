import Foundation
import Testing

/// An authority that is to be trusted, and one server's certificate, which openssl makes for one test.
final class TestAuthority: Sendable {
    /// What the server's certificate is like.
    enum Server: String {
        case good, otherHost, expired, selfSigned
    }

    let folder: URL

    var authorityFile: String { path("authority.pem") }

    init(_ server: Server = .good) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("linekeeper-carriers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try sign("authority", itself: true, names: "DNS:authority.example")
        switch server {
        case .good: try issue(names: "IP:127.0.0.1,DNS:localhost", days: 2)
        case .otherHost: try issue(names: "DNS:carrier.example", days: 2)
        case .expired: try issue(names: "IP:127.0.0.1", days: -1)
        case .selfSigned: try sign("server", itself: true, names: "IP:127.0.0.1")
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func issue(names: String, days: Int) throws {
        try sign("server", itself: false, names: names)
        try openssl(
            "x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial "
                + "-days \(days) -copy_extensions copy -out server.pem")
    }

    private func sign(_ name: String, itself: Bool, names: String) throws {
        try openssl(
            "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=\(name) "
                + "-addext subjectAltName=\(names) -keyout \(name).key "
                + (itself ? "-x509 -days 2 -out \(name).pem" : "-out \(name).csr"))
    }

    private func openssl(_ arguments: String) throws {
        let words = ["openssl"] + arguments.split(separator: " ").map(String.init)
        try #require(try Child(words, in: folder.path).wait(), "openssl \(arguments)")
    }
}

/// `openssl s_server`, which answers every request for a page with one about the connection.
final class TLSServer {
    let port: UInt16
    private let child: Child

    /// Listens once it is made.
    init(_ authority: TestAuthority, _ options: String = "") throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        child = try Child(
            ["openssl", "s_server", "-accept", "127.0.0.1:0", "-www"]
                + ["-cert", "server.pem", "-key", "server.key"]
                + options.split(separator: " ").map(String.init),
            in: authority.folder.path, output: ends[1])
        close(ends[1])
        // It says "ACCEPT 127.0.0.1:40001" once it listens.
        var text = ""
        while text.firstMatch(of: /ACCEPT .*\n/) == nil {
            var bytes = [UInt8](repeating: 0, count: 1_024)
            let count = read(ends[0], &bytes, bytes.count)
            try #require(count > 0, "openssl s_server did not start: \(text)")
            text += String(decoding: bytes.prefix(count), as: UTF8.self)
        }
        port = try #require(text.firstMatch(of: /ACCEPT .*:([0-9]+)/).flatMap { UInt16($0.1) })
    }

    deinit {
        kill(child.pid, SIGKILL)
        child.wait()
    }

    func url(_ path: String = "/", host: String = "127.0.0.1") -> String {
        "https://\(host):\(port)\(path)"
    }
}
