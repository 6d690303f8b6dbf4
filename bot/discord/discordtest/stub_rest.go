package discordtest

// RESTOptions are what the HTTP half is made of.
type RESTOptions struct{}

type restServer struct{}

func newRESTServer(*Server) *restServer { return &restServer{} }
