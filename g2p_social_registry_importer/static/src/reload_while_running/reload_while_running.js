import { Component, useEffect, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const ACTIVE_STATES = ["fetching", "importing"];
const INTERVAL = 2000;

/**
 * Reads an import run again every two seconds while it is under way or being undone, so that its
 * progress bar and its balance move. Rests while the page is hidden.
 */
export class ReloadWhileRunning extends Component {
    static template = xml`<span class="d-none"/>`;
    static props = { ...standardWidgetProps };

    setup() {
        useEffect(
            (state, undoState) => {
                if (ACTIVE_STATES.includes(state) || undoState === "running") {
                    const timer = setInterval(() => this.reload(), INTERVAL);
                    return () => clearInterval(timer);
                }
            },
            () => [this.props.record.data.state, this.props.record.data.undo_state]
        );
    }

    async reload() {
        if (!document.hidden && !this.isLoading) {
            this.isLoading = true;
            await this.props.record.load().finally(() => (this.isLoading = false));
        }
    }
}

registry.category("view_widgets").add("reload_while_running", {
    component: ReloadWhileRunning,
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "undo_state", type: "selection" },
    ],
});
