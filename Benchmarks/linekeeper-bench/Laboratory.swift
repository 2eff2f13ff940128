import CBench
import Foundation

/// The servers that are measured and what they stand on, made when first asked for.
final class Laboratory {
    let settings: Settings
    private let root: URL
    private var isRootMade = false
    private var populatedDirectories: [String: URL] = [:]
    private var largeServer: RunningServer?
    private var secureServer: RunningServer?
    private var smallServer: RunningServer?
    private var floorServer: RunningServer?
    private var files: RunningServer.TLSFiles?
    private var writes: RequestSet?

    init(_ settings: Settings) {
        self.settings = settings
        root = settings.dataRoot.appending(path: "bench-\(getpid())")
    }

    /// Stops every server and removes what they wrote.
    func tearDown() {
        for server in [largeServer, secureServer, smallServer, floorServer] { server?.stop() }
        try? FileManager.default.removeItem(at: root)
    }

    /// Where data directories are, on the disk that is measured.
    func directory() throws(BenchError) -> URL {
        if !isRootMade {
            try Laboratory.files("make \(root.path)") {
                try FileManager.default.createDirectory(
                    at: root, withIntermediateDirectories: true)
            }
            isRootMade = true
        }
        return root
    }

    func floor() throws(BenchError) -> RunningServer {
        if let floorServer { return floorServer }
        let server = try RunningServer.floor(
            program: settings.ownProgram, core: settings.serverCore,
            log: try directory().appending(path: "floor.log"))
        floorServer = server
        return server
    }

    /// A server with the whole population.
    func large() throws(BenchError) -> RunningServer {
        if let largeServer { return largeServer }
        let server = try start(try populated("large", settings.population))
        largeServer = server
        return server
    }

    /// The same population behind TLS.
    func secure() throws(BenchError) -> RunningServer {
        if let secureServer { return secureServer }
        let server = try start(try populated("secure", settings.population), tls: tlsFiles())
        secureServer = server
        return server
    }

    /// A server with few numbers.
    func small() throws(BenchError) -> RunningServer {
        if let smallServer { return smallServer }
        let server = try start(try populated("small", settings.smallPopulation))
        smallServer = server
        return server
    }

    /// The writes of the large server; one set, because each continues where the last one ended.
    func updateAssignments() throws(BenchError) -> RequestSet {
        if let writes { return writes }
        let requests = try settings.population.updateAssignments()
        writes = requests
        return requests
    }

    /// Stops the large server and starts it again.
    func restartLarge() throws(BenchError) -> RunningServer {
        try large().stop()
        largeServer = nil
        return try large()
    }

    /// Starts a server on a data directory that may be new.
    func start(
        _ data: URL, tls: RunningServer.TLSFiles? = nil
    ) throws(BenchError) -> RunningServer {
        try RunningServer.linekeeperd(
            program: settings.serverProgram, data: data, tls: tls, core: settings.serverCore)
    }

    /// A data directory in which a server has made its schema and its administrator's token.
    func initialized(_ name: String) throws(BenchError) -> URL {
        let data = try directory().appending(path: name)
        try start(data).stop()
        return data
    }

    /// A self-signed certificate with a key on P-256.
    func tlsFiles() throws(BenchError) -> RunningServer.TLSFiles {
        if let files { return files }
        let directory = try directory()
        let made = RunningServer.TLSFiles(
            certificate: directory.appending(path: "certificate.pem"),
            key: directory.appending(path: "key.pem"))
        try RunningServer.run(
            [
                "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=IP:\(Endpoint.host)", "-keyout", made.key.path,
                "-out", made.certificate.path,
            ], log: directory.appending(path: "openssl.log"))
        files = made
        return made
    }

    private func populated(
        _ name: String, _ population: Population
    ) throws(BenchError) -> URL {
        if let data = populatedDirectories[name] { return data }
        let data = try initialized(name)
        settings.note("writing \(population.numbers) numbers for the \(name) server")
        try population.seed(database: data.appending(path: "linekeeper.db"))
        populatedDirectories[name] = data
        return data
    }

    private static func files(
        _ purpose: String, _ body: () throws -> Void
    ) throws(BenchError) {
        do { try body() } catch { throw BenchError("cannot \(purpose): \(error)") }
    }
}
