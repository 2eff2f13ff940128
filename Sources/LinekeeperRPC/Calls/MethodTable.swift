/// The methods that a server serves, each with who may call it.
///
/// Built once, before the server starts. There are four kinds, from the cheapest to the most
/// capable; a method takes the first that fits.
public struct MethodTable: Sendable {
    /// Answers on the event loop, without waiting for anything.
    public typealias InlineBody = @Sendable (borrowing InlineCall) -> InlineAnswer
    /// Starts work on the event loop and leaves the answer to somebody who holds the responder.
    public typealias DeferredBody = @Sendable (CallContext, [UInt8], Responder) -> Void
    /// Runs as a task of the server.
    public typealias UnaryBody =
        @Sendable (CallContext, [UInt8]) async throws(Status) -> [UInt8]
    /// Runs as a task of the server and writes any number of messages.
    public typealias StreamBody =
        @Sendable (CallContext, [UInt8], StreamWriter) async throws(Status) -> Void

    enum Body: Sendable {
        case inline(InlineBody, Foresight?)
        case deferred(DeferredBody)
        case unary(UnaryBody)
        case stream(StreamBody)
    }

    struct Method: Sendable {
        let path: String
        let access: Access
        let body: Body
    }

    private(set) var methods: [Method] = []

    public init() {}

    /// The paths of all methods, in the order in which they were added.
    public var paths: [String] { methods.map(\.path) }

    /// Adds a method that is answered synchronously on the event loop: the hot calls.
    ///
    /// - Parameters:
    ///   - foresight: How it prepares for many calls at once; `nil` where it need not.
    ///   - answer: Must not block, and should take a few microseconds at most: every connection of
    ///     the loop waits for it.
    public mutating func inline(
        _ path: String, access: Access, foresight: Foresight? = nil,
        _ answer: @escaping InlineBody
    ) {
        add(path, access, .inline(answer, foresight))
    }

    /// Adds a method that is started on the event loop and answered later, from any thread.
    ///
    /// - Parameter start: Must not block. It hands the responder to whoever does the work.
    public mutating func deferred(
        _ path: String, access: Access, _ start: @escaping DeferredBody
    ) {
        add(path, access, .deferred(start))
    }

    /// Adds a method whose body is an async function.
    ///
    /// - Parameter body: Runs as a child task of the server. The task is cancelled when the caller
    ///   cancels, the deadline passes, the connection closes or the server stops.
    public mutating func unary(_ path: String, access: Access, _ body: @escaping UnaryBody) {
        add(path, access, .unary(body))
    }

    /// Adds a method that answers with any number of messages.
    ///
    /// - Parameter body: As that of a unary method; the stream ends when it returns or throws.
    public mutating func stream(_ path: String, access: Access, _ body: @escaping StreamBody) {
        add(path, access, .stream(body))
    }

    private mutating func add(_ path: String, _ access: Access, _ body: Body) {
        precondition(
            path.first == "/" && path.dropFirst().contains("/"),
            "a method's path is /package.Service/Method, not \(path)")
        precondition(
            !methods.contains { $0.path == path }, "the method \(path) was added before")
        methods.append(Method(path: path, access: access, body: body))
    }
}
