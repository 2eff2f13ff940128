/// Reads agents and what they may be given.
public protocol AgentReader: AnyObject {}
