/// Writes agents, assignments, toggles and incident locks.
public protocol AssignmentWriter: AnyObject {}
