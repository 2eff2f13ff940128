/// Writes message history.
public protocol MessageWriter: AnyObject {}
