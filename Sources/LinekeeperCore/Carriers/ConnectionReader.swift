/// Reads carrier connections.
public protocol ConnectionReader: AnyObject {}
