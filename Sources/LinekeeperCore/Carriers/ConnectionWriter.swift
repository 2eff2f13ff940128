/// Writes carrier connections.
public protocol ConnectionWriter: AnyObject {}
