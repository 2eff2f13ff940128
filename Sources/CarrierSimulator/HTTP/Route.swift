/// A request that passed the front door, and what its path held.
struct Call: Sendable {
    var request: Request
    /// The values of the path's placeholders.
    var parameters: [String: String]
    /// The account whose credentials came with it.
    var account: Account
    /// The credential that was used.
    var credential: Credential
    /// The carrier's name for the region that was asked; Telnyx knows none.
    var region: Region
    /// What the carrier calls this request in its headers.
    var requestID: String

    /// The value of a placeholder; empty when the path has none of that name.
    subscript(name: String) -> String { parameters[name] ?? "" }
}

/// A path with placeholders, such as `/v1/things/{Thing}.json`; a placeholder fills a segment, apart
/// from a fixed ending.
struct PathTemplate: Sendable {
    private var segments: [Substring]

    init(_ text: String) { segments = text.split(separator: "/") }

    /// The placeholders' values when a path has this form.
    func match(_ path: [Substring]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, pattern) in zip(path, segments) {
            guard pattern.hasPrefix("{"), let close = pattern.firstIndex(of: "}") else {
                guard segment == pattern else { return nil }
                continue
            }
            let ending = pattern[pattern.index(after: close)...]
            guard segment.hasSuffix(ending), segment.count > ending.count else { return nil }
            let value = segment.dropLast(ending.count)
            // "{Sid}" must not swallow a segment that asks for another form of the answer.
            guard !ending.isEmpty || !value.hasSuffix(".json") else { return nil }
            parameters[String(pattern.dropFirst().prefix { $0 != "}" })] = String(value)
        }
        return parameters
    }
}

/// A method, a path, and what answers it.
struct Route: Sendable {
    typealias Handler = @Sendable (inout World, Call) throws(Refusal) -> Reply

    var method: String
    var template: PathTemplate
    var handler: Handler

    init(_ method: String, _ template: String, _ handler: @escaping Handler) {
        self.method = method
        self.template = PathTemplate(template)
        self.handler = handler
    }
}

/// What a path leads to.
enum RouteMatch {
    case route(Route, [String: String])
    /// The path exists, with other methods.
    case otherMethod
    case none

    static func find(_ method: String, _ path: String, in routes: [Route]) -> RouteMatch {
        let segments = path.split(separator: "/")
        var found = RouteMatch.none
        for route in routes {
            guard let parameters = route.template.match(segments) else { continue }
            if route.method == method { return .route(route, parameters) }
            found = .otherMethod
        }
        return found
    }
}
