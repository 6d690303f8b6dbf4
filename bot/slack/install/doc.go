// Package install keeps the app's installations in Slack workspaces: it takes a workspace's permission over OAuth, keeps its
// tokens sealed in a store, and gives a token that works whenever one is needed.
//
// Sources: https://docs.slack.dev/authentication/installing-with-oauth,
// https://docs.slack.dev/authentication/using-token-rotation and, for installations in a whole organization,
// https://docs.slack.dev/enterprise/developing-for-enterprise-orgs
//
// Several processes may share a store. What one of them writes is noticed by the others within a minute, and none overwrites
// what it has not read, so far as the store can tell (see Swapper).
//
// No token, secret or OAuth code gets into logs, errors, pages or, in clear, into the store.
package install
