"""The worker's home leads to what a role may do, and to nothing else."""

from tests.cast import Cast
from tests.integration.workspace_examples import at_work


def test_the_data_officer_is_led_to_imports_and_a_social_worker_is_not(the: Cast) -> None:
    # Once in the menu and once in the page itself.
    assert at_work(the.femi).get("/work/").content.decode().count('href="/work/import/"') == 2
    assert 'href="/work/import/"' not in at_work(the.amara).get("/work/").content.decode()
