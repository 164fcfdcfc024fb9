"""Counts the rows of a file that came along, and hands the number back."""
import os
import sys
import urllib.request

path = os.path.join(os.environ["MUSTER_ARTIFACTS"], sys.argv[1])
with open(path, encoding="utf-8") as file:
    rows = sum(1 for _ in file)
print(f"{sys.argv[1]} has {rows} rows")

url = os.environ.get("MUSTER_RESULT_URL")
if url:
    result = f'{{"rows": {rows}}}'.encode()
    urllib.request.urlopen(urllib.request.Request(url, data=result, method="POST"))
