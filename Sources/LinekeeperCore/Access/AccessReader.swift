/// Reads workspaces and tokens.
public protocol AccessReader: AnyObject {}
