/// Reads message history.
public protocol MessageReader: AnyObject {}
