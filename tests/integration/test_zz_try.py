import io
from pathlib import Path
import pytest
from django.utils import timezone
from wenlock.returns.cin.actions import import_census
from wenlock.security.context import acting
@pytest.mark.parametrize("p", sorted(Path("/work/shared/data/cin").glob("*.xml")), ids=lambda p:p.name)
def test_it(the, p):
    for i in range(2):
        with open(p,"rb") as f:
            r=import_census(stream=f,file_name=p.name,by=the.femi,at=timezone.now())
        print(p.name, r.years, r.again, r.told, r.changed_nothing, r.questions[:3], r.differences[:5], [x.says for x in r.remarks[:5]])
