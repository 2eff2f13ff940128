/// Keeps secrets of the server itself, such as the key that signs page tokens.
public protocol SecretWriter: AnyObject {
    /// The secret of a name; the first caller's proposal becomes it.
    func serverSecret(
        _ name: String, orElse proposal: [UInt8]
    ) throws(DomainError) -> [UInt8]
}
