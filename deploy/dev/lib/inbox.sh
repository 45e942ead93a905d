# shellcheck shell=bash
# The mail catcher: MailDev, an SMTP server that delivers nothing and shows what it got on a page. Needs node.

inbox=$root/deploy/dev/node_modules/maildev/dist/bin/maildev.js

need_inbox() {
    need_node
    need_node_modules deploy/dev
}
