/// JSON or bytes that cannot be turned into the other.
public struct TranscodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where it went wrong, by names as they were given: `filter.carrier`, `e164s[3]`; empty for the
    /// whole.
    public var path: String

    /// What is wrong there or was expected, in one sentence.
    public var problem: String

    init(_ problem: String, path: String = "") {
        self.path = path
        self.problem = problem
    }

    /// One sentence for a person.
    public var description: String { path.isEmpty ? problem : "\(path): \(problem)" }

    /// The same error as seen from one level further out.
    func inside(_ step: String) -> TranscodingError {
        let isWhole = path.isEmpty || path.hasPrefix("[")
        return TranscodingError(problem, path: isWhole ? step + path : "\(step).\(path)")
    }
}
