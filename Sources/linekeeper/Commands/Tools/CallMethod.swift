import ArgumentParser
import LinekeeperProto
import LinekeeperRPC

struct CallMethod: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Call any method of the server with JSON.",
        discussion: """
            The server is asked what its methods take: linekeeper call RouteInbound \
            '{"calledE164": "+14155550100"}'. A method that streams prints a line an item. \
            Without a method, all are listed.
            """)

    @Argument(help: "The method: RouteInbound, or /linekeeper.v1.AssignmentService/RouteInbound.")
    var method: String?
    @Argument(help: "The request as JSON; - is standard input.")
    var request = "{}"
    @Option(
        help: ArgumentHelp(
            "Repeat the change with this key. (default: a new one)",
            valueName: "key"))
    var idempotencyKey: String?
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws(CLIError) {
        let pool = try await descriptors(session)
        guard let name = method else {
            session.output.lines(pool.methods.map { SafeText.shown($0.path) })
            return
        }
        let method = try MethodName.resolve(name, among: pool.methods)
        let transcoder = JSONTranscoder(pool)
        let text = request == "-" ? try Files.text("-") : request
        let payload: [UInt8]
        do throws(TranscodingError) {
            payload = try transcoder.bytes(fromJSON: text, type: method.input)
        } catch {
            throw .usage("The JSON is no \(method.input): \(error).")
        }
        var options = session.options(isRead: false)
        options.idempotencyKey = idempotencyKey ?? options.idempotencyKey
        do {
            if method.isServerStreaming {
                options.timeout = nil
                for try await item in session.client.stream(method.path, payload: payload, options)
                {
                    try show(item, method, transcoder, session.output, pretty: false)
                }
            } else {
                let answer = try await session.client.call(method.path, payload: payload, options)
                try show(
                    answer, method, transcoder, session.output,
                    pretty: session.output.out.isTerminal)
            }
        } catch let status as Status {
            let error = CLIError.status(status)
            if error.exitStatus == .unreachable, !error.isBeforeSending {
                session.output.note(
                    "Whether it was done is not known. With --idempotency-key "
                        + "\(options.idempotencyKey ?? "") the same call is carried out once.",
                    .doubtful)
            }
            throw error
        } catch {
            throw error as? CLIError ?? .unreadable(String(describing: error))
        }
    }

    private func descriptors(_ session: Session) async throws(CLIError) -> SchemaPool {
        let response = try await session.read(
            Proto.GetDescriptorsRequest(), "/linekeeper.rpc.v1.Reflection/GetDescriptors",
            Proto.GetDescriptorsResponse.self)
        do throws(MalformedSchema) {
            return try SchemaPool(descriptorSet: response.fileDescriptorSet)
        } catch {
            throw .unreadable("The server's descriptors cannot be read: \(error)")
        }
    }

    private func show(
        _ bytes: [UInt8], _ method: SchemaPool.Method, _ transcoder: JSONTranscoder,
        _ output: Output, pretty: Bool
    ) throws(CLIError) {
        do throws(TranscodingError) {
            let json = try transcoder.json(from: bytes, type: method.output, pretty: pretty)
            output.line(SafeText.json(json))
        } catch {
            throw .unreadable("The answer is no \(method.output): \(error)")
        }
    }
}

/// A method as people name it.
enum MethodName {
    private static let suggestionsMax = 5

    /// - Throws: Which methods may be meant, where it is not exactly one.
    static func resolve(
        _ name: String, among methods: [SchemaPool.Method]
    ) throws(CLIError) -> SchemaPool.Method {
        let exact = methods.filter { $0.path == name || $0.path == "/" + name }
        let short = methods.filter {
            $0.path.hasSuffix("/" + name) || $0.path.hasSuffix("." + name)
        }
        let found = exact.isEmpty ? short : exact
        if let method = found.first, found.count == 1 { return method }
        guard found.isEmpty else {
            throw .usage(
                "\(name) is not unique: \(found.map(\.path).list). Write more of it.")
        }
        let similar = methods.filter { $0.path.lowercased().contains(name.lowercased()) }
        let hint =
            similar.isEmpty
            ? "'linekeeper call' lists all."
            : "Did you mean \(similar.prefix(suggestionsMax).map(\.path).list)?"
        throw .usage("The server has no method \(name). \(hint)")
    }
}
