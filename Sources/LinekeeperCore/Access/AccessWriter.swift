/// Writes workspaces and tokens.
public protocol AccessWriter: AnyObject {}
